import Foundation
import Testing

@Suite("The vendor's own example", .onceForBothTransports)
struct VendorSampleTests {
    private static let samples = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Samples")

    private func sample(_ path: String) throws -> String {
        try String(contentsOf: Self.samples.appending(path: path), encoding: .utf8)
    }

    /// The whole message is known but for two things: which number it bears, and what fills the
    /// command's name up.
    @Test(
        "is on the wire byte for byte, sent by sync from a document that was imported",
        arguments: [("spaces", " "), ("nuls", "\0")]
    )
    func bytes(padding: String, fill: String) throws {
        let wire = try RawWebSocket()
        let station = try Station(
            agent: nil,
            settings: """
                "server": "ws://127.0.0.1:\(wire.port)", "domain": "\(Station.domain)",
                "blind_saves": true, "websocket_padding": "\(padding)"
                """
        )
        let document = try sample("documents/reports.json")
        let imported = try station.run("import", "-", input: document)
        #expect(imported.code == 0, "\(imported.words)")

        let sync = try station.start("sync")
        let head = try wire.accept()
        #expect(head.hasPrefix("GET /biysk.local/service/cc/arm HTTP/1.1\r\n"), "\(head)")
        let frame = try wire.frame()
        #expect(frame.isLast && frame.isMasked && frame.kind == 1)
        let message = String(decoding: frame.payload, as: UTF8.self)
        let number = message.dropFirst(12).prefix(4)
        #expect(number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        let name = "save_user_data" + String(repeating: fill, count: 18)
        let body = try sample("messages/save_user_data.request.compact.json")
        #expect(message == "010000000718\(number)\(name)\(body)")
        #expect(frame.payload.count == 718)

        let answer = try sample("messages/save_user_data.response.compact.json")
        try wire.send(Array("010000000221\(number)200\(answer)".utf8))
        let outcome = try sync.wait()
        #expect(outcome.code == 0 && outcome.output.contains("saved"), "\(outcome.words)")
    }
}
