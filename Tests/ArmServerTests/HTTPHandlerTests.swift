import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import arm_server

@Suite("A connection")
struct HTTPHandlerTests {
    @Test("Head and body of an answer leave in one write")
    func oneWrite() throws {
        let connection = try EmbeddedConnection(faults: ["refuse", "status:503", "large:1m"])
        for status in [200, 503, 200, 200] {
            let answers = try connection.send(Self.read)
            #expect(answers.count == 1)
            let answer = try #require(answers.first)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            let end = try #require(answer.utf8.firstRange(of: "\r\n\r\n".utf8)).upperBound
            let bodyLength = answer.utf8[end...].count
            #expect(answer.contains("\r\nContent-Length: \(bodyLength)\r\n"))
        }
    }

    @Test("Requests sent ahead are answered in their order, each after the one before")
    func pipelining() throws {
        let connection = try EmbeddedConnection(faults: ["delay:3s"])
        let other = Self.read.replacing("read_user_data HTTP", with: "nothing HTTP")
        #expect(try connection.send(Self.read + other).isEmpty)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(try connection.received().isEmpty)
        connection.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        let statuses = try connection.received().map { $0.prefix(12) }
        #expect(statuses == ["HTTP/1.1 200", "HTTP/1.1 404"])
    }

    @Test("A client that sends too many requests ahead is cut off")
    func tooManyAhead() throws {
        let connection = try EmbeddedConnection(faults: ["hang"])
        let many = String(repeating: Self.read, count: HTTPHandler.mostWaiting + 2)
        #expect(try connection.send(many).isEmpty)
        #expect(!connection.channel.isActive)
    }

    @Test("A client that asks for no keep-alive is told so and let go")
    func noKeepAlive() throws {
        for request in [
            Self.read.replacing("Host:", with: "Connection: close\r\nHost:"),
            Self.read.replacing("HTTP/1.1", with: "HTTP/1.0"),
        ] {
            let connection = try EmbeddedConnection()
            #expect(try connection.send(request).first?.contains("\r\nConnection: close") == true)
            #expect(!connection.channel.isActive)
        }
    }

    @Test("A client that waits for leave to send its body gets it")
    func expectation() throws {
        let connection = try EmbeddedConnection()
        let parts = Self.read.replacing("Host:", with: "Expect: 100-continue\r\nHost:")
            .components(ofTwoAt: "\r\n\r\n")
        #expect(try connection.send(parts.0) == ["HTTP/1.1 100 Continue\r\n\r\n"])
        #expect(try connection.send(parts.1).first?.contains("<user_data/>") == true)
    }

    @Test("A body that is announced too long gets 413 before it is sent, if the client waits")
    func announcedTooLong() throws {
        let connection = try EmbeddedConnection()
        let head =
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 33554433\r\n\r\n"
        #expect(try connection.send(head).map { $0.prefix(12) } == ["HTTP/1.1 413"])
        #expect(!connection.channel.isActive)
    }

    @Test("A body that grows too long unannounced gets 413; one of the limit is taken")
    func grownTooLong() throws {
        for (extra, status) in [(0, "404"), (1, "413")] {
            let connection = try EmbeddedConnection()
            _ = try connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            let chunk = String(repeating: " ", count: 1 << 20)
            for _ in 0..<32 { _ = try connection.send("100000\r\n\(chunk)\r\n") }
            if extra > 0 { _ = try connection.send("1\r\n \r\n") }
            #expect(try connection.send("0\r\n\r\n").first?.hasPrefix("HTTP/1.1 " + status) == true)
        }
    }

    @Test("What is no HTTP gets 400, and the connection ends")
    func notHTTP() throws {
        let connection = try EmbeddedConnection()
        #expect(
            try connection.send("\u{1}\u{2}garbage\r\n\r\n").first?.hasPrefix("HTTP/1.1 400")
                == true
        )
        #expect(!connection.channel.isActive)
    }

    @Test("The answer to HEAD has no body")
    func head() throws {
        let connection = try EmbeddedConnection()
        let answer = try connection.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n").first
        #expect(answer?.hasPrefix("HTTP/1.1 404") == true)
        #expect(answer?.hasSuffix("\r\n\r\n") == true)
    }

    static let read = RawRequest.post(.read, Station.readRequest())
}

/// A connection's handlers without a socket, on a loop whose time stands still.
final class EmbeddedConnection {
    let channel = EmbeddedChannel()

    init(faults: [String] = []) throws {
        try HTTPServer.addHandlers(to: channel, router: Station(faults: faults).router)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

    /// Sends those bytes and gives each write that came of it.
    func send(_ text: String) throws -> [String] {
        // An HTTP error is answered by the handler, and told to the writer as well.
        _ = try? channel.writeInbound(ByteBuffer(string: text))
        channel.embeddedEventLoop.run()
        return try received()
    }

    func received() throws -> [String] {
        var writes: [String] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
            writes.append(String(buffer: buffer))
        }
        return writes
    }
}

/// Requests as bytes.
enum RawRequest {
    static func post(_ command: Command, _ body: String) -> String {
        "POST /\(Station.domain)/service/cc/arm/\(command.wireName) HTTP/1.1\r\nHost: a\r\n"
            + "Content-Type: text/xml; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            + body
    }
}

extension String {
    /// The text up to and with the first `separator`, and the rest.
    fileprivate func components(ofTwoAt separator: String) -> (String, String) {
        guard let range = utf8.firstRange(of: separator.utf8) else { return (self, "") }
        return (String(self[..<range.upperBound]), String(self[range.upperBound...]))
    }
}
