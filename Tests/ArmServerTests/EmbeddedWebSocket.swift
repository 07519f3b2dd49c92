import NIOCore
import NIOEmbedded
import Testing

@testable import arm_server

/// A WebSocket without a socket, on a loop whose time stands still.
final class EmbeddedWebSocket {
    static let target = "/\(Station.domain)/service/cc/arm"

    let station: Station
    private let channel = EmbeddedChannel()

    var isOpen: Bool { channel.isActive }

    /// A connection on which nothing was said yet.
    init(unopenedOn station: Station) throws {
        self.station = station
        try HTTPServer.addHandlers(to: channel, router: station.router)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    convenience init(on station: Station) throws {
        try self.init(unopenedOn: station)
        let answer = try open()
        #expect(answer.hasPrefix("HTTP/1.1 101 "))
    }

    convenience init(faults: [String] = []) throws {
        try self.init(on: Station(faults: faults))
    }

    deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

    /// What a request for a WebSocket is answered with.
    func open(_ request: String = RawRequest.upgrade()) throws -> String {
        let writes = try send(bytes: Array(request.utf8))
        return String(decoding: writes.joined(), as: UTF8.self)
    }

    /// Sends one message and gives the answers that it brings at once.
    func ask(_ message: [UInt8]) throws -> [RawAnswer] {
        try send(.text(message)).map(RawAnswer.init)
    }

    func send(_ frames: RawFrame...) throws -> [RawFrame] {
        try self.frames(in: send(bytes: frames.flatMap { $0.bytes() }))
    }

    /// Sends those bytes and gives each write that came of it.
    @discardableResult
    func send(bytes: [UInt8]) throws -> [[UInt8]] {
        // What the decoder refuses is answered by the handler, and told to the writer as well.
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        return try writes()
    }

    /// Lets the loop's time pass, and nobody's else.
    func wait(_ time: Duration) { channel.embeddedEventLoop.advanceTime(by: TimeAmount(time)) }

    func framesAfter(_ time: Duration) throws -> [RawFrame] {
        wait(time)
        return try frames(in: writes())
    }

    func writes() throws -> [[UInt8]] {
        channel.embeddedEventLoop.run()
        var writes: [[UInt8]] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
            writes.append(Array(buffer: buffer))
        }
        return writes
    }

    func frames(in writes: [[UInt8]]) -> [RawFrame] {
        var bytes = writes.flatMap { $0 }[...]
        var frames: [RawFrame] = []
        while let frame = RawFrame.take(from: &bytes) { frames.append(frame) }
        #expect(bytes.isEmpty, "half a frame is left")
        return frames
    }
}

extension RawRequest {
    /// The key is the one of RFC 6455, 1.3.
    static func upgrade(
        _ target: String = EmbeddedWebSocket.target,
        without omitted: String = "",
        with more: String = ""
    ) -> String {
        let fields = [
            "Host: a", "Upgrade: websocket", "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        let kept = fields.filter { omitted.isEmpty || !$0.hasPrefix(omitted) }
        return "GET \(target) HTTP/1.1\r\n" + kept.map { $0 + "\r\n" }.joined() + more + "\r\n"
    }
}
