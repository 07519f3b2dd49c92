import NIOCore
import NIOWebSocket

/// One WebSocket: takes each request as it comes, asks the switchboard, and does what it says. Many
/// requests may be under way at once; nothing but a fault makes one answer wait for another.
final class WebSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = ByteBuffer

    /// How long answers that are to go in reverse order wait for another to join them.
    static let patience = TimeAmount.milliseconds(100)

    let switchboard: Switchboard
    let target: String
    let connection: Int
    let opening: Opening
    var held: [[OutgoingFrame]] = []
    var release: Scheduled<Void>?
    private var assembler = MessageAssembler()
    private var pings: RepeatedTask?
    /// Whether everything was said, be the client gone or not.
    var isClosing = false

    init(switchboard: Switchboard, target: String, connection: Int, opening: Opening) {
        self.switchboard = switchboard
        self.target = target
        self.connection = connection
        self.opening = opening
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard case .pings(let interval) = opening.flaw else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let delay = TimeAmount(interval)
        pings = context.eventLoop.scheduleRepeatedTask(initialDelay: delay, delay: delay) { _ in
            let (handler, context) = bound.value
            handler.send(
                [OutgoingFrame(opcode: .ping, payload: [UInt8]("ping".utf8)[...])],
                context
            )
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        pings?.cancel()
        release?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(MessageAssembler.Violation) {
            switch try assembler.take(unwrapInboundIn(data)) {
            case .text(let message) where !isClosing: receive(message, context)
            case .ping(let payload) where !isClosing && opening.flaw != .muteToPings:
                send([OutgoingFrame(opcode: .pong, payload: payload[...])], context)
            case .close(let payload): goodbye(payload, context)
            case .text, .ping, .pong, nil: break
            }
        } catch {
            end(code: error.code, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? NIOWebSocketError else { return context.close(promise: nil) }
        let violation: MessageAssembler.Violation =
            error == .invalidFrameLength ? .tooLong : .protocolError
        end(code: violation.code, context)
    }

    private func receive(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        let request: RequestMessage
        do throws(MessageProblem) {
            request = try RequestMessage.read(bytes)
        } catch {
            note(bytes, number: nil, status: nil)
            // There is no number to answer to.
            return end(code: 1008, context)
        }
        let command = Command.allCases.first { $0.wireName == request.commandName }
        guard let command else {
            let reply = Reply.text(404, "there is no such command\n")
            note(bytes, number: request.number, status: reply.status)
            return send(reply, to: request.number, after: .zero, context)
        }
        let delivery = switchboard.receive(
            Switchboard.Call(
                command: command,
                domain: opening.domain,
                target: target,
                connection: connection,
                transport: .websocket,
                number: request.number,
                byteCount: bytes.count,
                message: request.message
            )
        )
        switch delivery {
        case .reply(let reply, let delay): send(reply, to: request.number, after: delay, context)
        case .silence, .upgrade: break
        case .close: context.close(promise: nil)
        case .closeFrame(let code):
            send([.close(code: code)], context)
            isClosing = true
        case .reset: context.reset()
        }
    }

    /// Records what is no command at all.
    private func note(_ bytes: [UInt8], number: Int?, status: Int?) {
        switchboard.note(
            RequestRecord(
                connection: connection,
                transport: .websocket,
                number: number,
                target: target,
                bytes: bytes.count,
                outcome: "refused",
                status: status
            )
        )
    }

    /// The client closes, or answers our Close frame; the server is the one to end the connection.
    private func goodbye(_ payload: [UInt8], _ context: ChannelHandlerContext) {
        guard !isClosing else { return context.close(promise: nil) }
        close(behind: OutgoingFrame(opcode: .connectionClose, payload: payload[...]), context)
    }

    private func end(code: UInt16, _ context: ChannelHandlerContext) {
        guard !isClosing else { return context.close(promise: nil) }
        close(behind: .close(code: code), context)
    }

    /// Sends a last frame and ends the connection.
    func close(behind frame: OutgoingFrame, _ context: ChannelHandlerContext) {
        isClosing = true
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let bytes = wrapOutboundOut(ByteBuffer(bytes: frame.bytes))
        context.writeAndFlush(bytes).whenComplete { _ in bound.value.close(promise: nil) }
    }
}
