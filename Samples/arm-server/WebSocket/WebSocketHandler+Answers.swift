import NIOCore
import NIOWebSocket

/// Answers on their way out.
extension WebSocketHandler {
    func send(
        _ reply: Reply,
        to number: Int,
        after delay: Duration,
        _ context: ChannelHandlerContext
    ) {
        guard delay > .zero else { return send(reply, to: number, context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(delay)) {
            let (handler, context) = bound.value
            handler.send(reply, to: number, context)
        }
    }

    /// Sends frames with one write each for those that belong together.
    func send(_ frames: [OutgoingFrame], _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        let bytes = frames.flatMap(\.bytes)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func send(_ reply: Reply, to number: Int, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        let message = AnswerMessage(reply, to: number)
        guard reply.shape != .truncated else {
            return close(behind: OutgoingFrame.text(message.bytes).firstHalf, context)
        }
        let carried = CarriedAnswer(message.bytes, number: number, carriage: reply.carriage)
        if case .reversed(let count) = reply.carriage {
            hold(carried.frames, until: count, context)
        } else {
            send(carried.frames, context)
        }
        isClosing = isClosing || carried.isLast
    }

    private func hold(
        _ frames: [OutgoingFrame],
        until count: Int,
        _ context: ChannelHandlerContext
    ) {
        held.append(frames)
        release?.cancel()
        guard held.count < count else { return sendHeld(context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        release = context.eventLoop.scheduleTask(in: Self.patience) {
            let (handler, context) = bound.value
            handler.sendHeld(context)
        }
    }

    private func sendHeld(_ context: ChannelHandlerContext) {
        let frames = held.reversed().flatMap { $0 }
        held = []
        send(frames, context)
    }
}
