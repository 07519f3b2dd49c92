import SeededRandom
import Testing

@testable import ArmSyncCurl

@Suite("The answer to an upgrade")
struct UpgradeReaderTests {
    static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    static let good = """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: \(accept)\r
        \r

        """

    private func outcome(_ text: String, ends: Bool = false) -> UpgradeReader.Outcome? {
        var reader = UpgradeReader(expectedAccept: Self.accept)
        return reader.read(Array(text.utf8)) ?? (ends ? reader.end() : nil)
    }

    @Test(
        "is good in whatever spelling HTTP allows",
        arguments: [
            good,
            good.replacing("Upgrade: websocket", with: "UPGRADE:WebSocket"),
            good.replacing("Connection: Upgrade", with: "connection: keep-alive,  upgrade\t"),
            good.replacing("Switching Protocols", with: ""),
            "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + good,
            good.replacing("Upgrade: websocket", with: "Set-Cookie: a=1\r\nUpgrade: websocket"),
        ]
    )
    func accepted(_ text: String) {
        #expect(outcome(text) == .upgraded(rest: []))
        #expect(outcome(text + "rest") == .upgraded(rest: Array("rest".utf8)))
    }

    @Test("means the same in whatever pieces it comes", arguments: 0..<20 as Range<UInt64>)
    func pieces(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let refusal = "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        for text in [Self.good + "behind", refusal] {
            var reader = UpgradeReader(expectedAccept: Self.accept)
            var rest = Array(text.utf8)[...]
            var found: UpgradeReader.Outcome?
            while found == nil, !rest.isEmpty {
                let count = Int.random(in: 1...9, using: &random)
                found = reader.read(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            if case .upgraded(let behind) = found { found = .upgraded(rest: behind + rest) }
            #expect(found == outcome(text), "seed \(seed)")
            #expect(found != nil)
        }
    }

    @Test(
        "is unusable where it proves nothing or promises what nobody asked for",
        arguments: [
            ("HTTP/1.1 101 Fine\r\n\r\n", "another protocol"),
            (good.replacing("websocket", with: "h2c"), "another protocol"),
            (good.replacing("Connection: Upgrade", with: "Connection: close"), "another protocol"),
            (good.replacing("s3p", with: "S3p"), "not meant for this connection"),
            (good.replacing("Sec-WebSocket-Accept", with: "X"), "not meant for this connection"),
            (
                good.replacing("\r\n\r\n", with: "\r\nSec-WebSocket-Accept: x\r\n\r\n"),
                "not meant for this connection"
            ),
            (
                good.replacing("\r\n\r\n", with: "\r\nSec-WebSocket-Extensions: x\r\n\r\n"),
                "nobody asked for"
            ),
            (
                good.replacing("\r\n\r\n", with: "\r\nSec-WebSocket-Protocol: x\r\n\r\n"),
                "nobody asked for"
            ),
            ("220 mail ready\r\n", "is not HTTP"), ("HTTP/2 101\r\n\r\n", "is not HTTP"),
            ("HTTP/1.1\r\n\r\n", "is not HTTP"), ("HTTP/1.1 1010 x\r\n\r\n", "is not HTTP"),
            ("HTTP/1.1 200 OK\r\nno field\r\n\r\n", "is not HTTP"),
            ("HTTP/1.1 200 OK\r\n: nameless\r\n\r\n", "is not HTTP"),
            ("\u{16}\u{3}\u{1}", "is not HTTP"),
        ]
    )
    func unusable(text: String, reason: String) {
        guard case .unusable(let said) = outcome(text) else {
            Issue.record("\(String(describing: outcome(text)))")
            return
        }
        #expect(said.contains(reason))
    }

    @Test("has a head of at most 64 KiB, interim answers included")
    func longHead() {
        let long = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 64 << 10)
        #expect(outcome(long) == .unusable("answers with a head of more than 64 KiB"))
        #expect(outcome(long + "\r\n\r\n") == .unusable("answers with a head of more than 64 KiB"))
        let many = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 3000)
        #expect(outcome(many) == .unusable("answers with a head of more than 64 KiB"))
        let start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: "
        let fits = String(repeating: "x", count: (64 << 10) - start.utf8.count - 4)
        #expect(
            outcome(start + fits + "\r\n\r\n")
                == .refused(UpgradeRefusal(status: 200, retryAfter: nil, body: []))
        )
    }

    @Test(
        "that refuses is read to its body's end, however that is told",
        arguments: [
            ("401 No\r\nContent-Length: 3\r\n\r\nabcd", false, "abc"),
            (
                "503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
                false, "abc"
            ),
            ("503 Busy\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", false, ""),
            ("503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n", false, ""),
            ("503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nabc", true, "abc"),
            ("503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", true, "abc"),
            ("302 Found\r\nLocation: /\r\n\r\nabc", true, "abc"),
            ("404 Not Found\r\nContent-Length: 9\r\n\r\nabc", true, "abc"),
            ("404 Not Found\r\nContent-Length: -1\r\n\r\nabc", false, ""),
            ("204 Nothing\r\n\r\n", false, ""),
        ]
    )
    func refusal(text: String, ends: Bool, body: String) {
        let status = Int(text.prefix(3)) ?? 0
        let expected = UpgradeRefusal(status: status, retryAfter: nil, body: Array(body.utf8))
        #expect(outcome("HTTP/1.1 " + text, ends: ends) == .refused(expected))
        if ends { #expect(outcome("HTTP/1.1 " + text) == nil) }
    }

    @Test("that refuses at length is read no further than 64 KiB")
    func longBody() {
        let text = "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 100_000)
        guard case .refused(let refusal) = outcome(text) else {
            Issue.record("it was read on")
            return
        }
        #expect(refusal.body.count == 64 << 10)
    }

    @Test("keeps Retry-After, and is nothing while its head is cut short")
    func rest() {
        let busy = "HTTP/1.1 503 Busy\r\nRetry-After:  120 \r\nContent-Length: 0\r\n\r\n"
        #expect(
            outcome(busy) == .refused(UpgradeRefusal(status: 503, retryAfter: "120", body: []))
        )
        #expect(outcome("HTTP/1.1 200 OK\r\nContent-Le", ends: true) == nil)
    }
}
