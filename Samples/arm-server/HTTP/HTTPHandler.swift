import NIOCore
import NIOHTTP1

/// One connection: gathers each request, asks the router, and does what it says. Requests that come
/// before the answer to the last are kept waiting, so that answers keep their order.
final class HTTPHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// Longer bodies are answered with 413.
    static let longestBody = 32 << 20
    /// A client that sends more requests ahead of their answers is cut off.
    static let mostWaiting = 64

    private struct Waiting {
        var request: HTTPRequest
        var keepAlive: Bool
        var isTooLong = false
    }

    let router: Router
    private let connection: Int
    private var arriving: Waiting?
    private var waiting: [Waiting] = []
    private var isAnswering = false
    private var isClosing = false

    init(router: Router) {
        self.router = router
        connection = router.switchboard.nextConnection()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part): gather(part)
        case .end:
            guard let request = arriving else { return }
            arriving = nil
            guard waiting.count < Self.mostWaiting else { return context.close(promise: nil) }
            waiting.append(request)
            answerNext(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An end in the middle of a request is an error too, be it one that we made.
        guard !isClosing, error is HTTPParserError else { return context.close(promise: nil) }
        send(HTTPAnswer(.text(400, "this is no HTTP request\n"), keepAlive: false), context)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var request = HTTPRequest(
            method: head.method,
            target: head.uri,
            headers: head.headers,
            connection: connection,
            isLocal: context.remoteAddress.map(Self.isLocal) ?? false
        )
        let announced = head.headers.first(name: "content-length").flatMap(Int.init) ?? 0
        let isTooLong = announced > Self.longestBody
        if !isTooLong { request.body.reserveCapacity(announced) }
        arriving = Waiting(request: request, keepAlive: head.isKeepAlive, isTooLong: isTooLong)
        guard head.headers.first(name: "expect")?.lowercased() == "100-continue" else { return }
        if isTooLong {
            // The client waits for leave to send the body, and gets the final answer instead.
            channelRead(context: context, data: NIOAny(HTTPServerRequestPart.end(nil)))
        } else {
            let leave = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(leave), promise: nil)
        }
    }

    private func gather(_ part: ByteBuffer) {
        guard var request = arriving else { return }
        arriving = nil
        if request.request.body.count + part.readableBytes > Self.longestBody {
            request.isTooLong = true
            request.request.body = []
        }
        if !request.isTooLong { request.request.body += part.readableBytesView }
        arriving = request
    }

    private func answerNext(_ context: ChannelHandlerContext) {
        guard !isAnswering, let next = waiting.first else { return }
        waiting.removeFirst()
        isAnswering = true
        let delivery =
            next.isTooLong
            ? router.refuse(
                next.request,
                .text(413, "the body is longer than \(Self.longestBody) bytes\n")
            )
            : router.delivery(for: next.request)
        switch delivery {
        case .reply(let reply, let delay):
            let answer = HTTPAnswer(
                reply,
                // Behind a request for an upgrade the parser takes nothing for HTTP any more.
                keepAlive: next.keepAlive && !next.isTooLong && !next.request.asksForUpgrade,
                omitsBody: next.request.method == .HEAD
            )
            send(answer, after: delay, context)
        case .upgrade(let opening, let delay):
            upgrade(next.request, to: opening, after: delay, context)
        case .silence:
            break
        case .close, .closeFrame:
            context.close(promise: nil)
        case .reset:
            context.reset()
        }
    }

    private func send(
        _ answer: HTTPAnswer,
        after delay: Duration,
        _ context: ChannelHandlerContext
    ) {
        guard delay > .zero else { return send(answer, context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(delay)) {
            let (handler, context) = bound.value
            handler.send(answer, context)
        }
    }

    private func send(_ answer: HTTPAnswer, _ context: ChannelHandlerContext) {
        isClosing = answer.closes
        let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)))
        if answer.closes {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            written.whenComplete { _ in bound.value.close(promise: nil) }
        } else {
            isAnswering = false
            answerNext(context)
        }
    }

    private static func isLocal(_ address: SocketAddress) -> Bool {
        switch address.ipAddress {
        case "::1": true
        case let ip?: ip.hasPrefix("127.") || ip.hasPrefix("::ffff:127.")
        case nil: false
        }
    }
}
