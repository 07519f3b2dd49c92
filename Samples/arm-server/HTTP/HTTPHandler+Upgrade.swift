import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The way from HTTP to a WebSocket on the same connection.
extension HTTPHandler {
    /// Used for what the answer says of the key; the pipeline is changed here, because this handler
    /// writes bytes and has no encoder that a ready-made upgrade could write through.
    private static let upgrader = NIOWebSocketServerUpgrader(
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
        upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
    )

    func upgrade(
        _ request: HTTPRequest,
        to opening: Opening,
        after delay: Duration,
        _ context: ChannelHandlerContext
    ) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        guard delay <= .zero else {
            context.eventLoop.scheduleTask(in: TimeAmount(delay)) {
                let (handler, context) = bound.value
                handler.upgrade(request, to: opening, after: .zero, context)
            }
            return
        }
        var head = HTTPRequestHead(
            version: .http1_1,
            method: request.method,
            uri: request.target,
            headers: request.headers
        )
        if opening.flaw == .wrongAccept {
            let key = request.headers["Sec-WebSocket-Key"].joined()
            head.headers.replaceOrAdd(name: "Sec-WebSocket-Key", value: key + key)
        }
        Self.upgrader.buildUpgradeResponse(
            channel: context.channel,
            upgradeRequest: head,
            initialResponseHeaders: [:]
        ).whenComplete { result in
            let (handler, context) = bound.value
            do {
                try handler.become(opening, of: request, try result.get(), context)
            } catch {
                context.close(promise: nil)
            }
        }
    }

    private func become(
        _ opening: Opening,
        of request: HTTPRequest,
        _ fields: HTTPHeaders,
        _ context: ChannelHandlerContext
    ) throws {
        var text = "HTTP/1.1 101 Switching Protocols\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        let answer = ByteBuffer(string: text + "\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        let pipeline = context.pipeline.syncOperations
        try pipeline.addHandlers([
            ByteToMessageHandler(
                WebSocketFrameDecoder(maxFrameSize: MessageAssembler.longestMessage)
            ),
            WebSocketHandler(
                switchboard: router.switchboard,
                target: request.target,
                connection: request.connection,
                opening: opening
            ),
        ])
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
        // This one first: the decoder passes on what came behind the request, and those are bytes.
        pipeline.removeHandler(self, promise: nil)
        pipeline.removeHandler(decoder, promise: nil)
    }
}
