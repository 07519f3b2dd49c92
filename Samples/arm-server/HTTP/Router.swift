import NIOHTTP1

/// Decides what a request over HTTP gets, without a socket.
struct Router: Sendable {
    let switchboard: Switchboard
    /// The segments in front of the domain, still percent-encoded.
    let prefix: [String]
    let webSocketPath: WebSocketPath
    let requiredFields: [RequiredField]

    init(
        switchboard: Switchboard,
        pathPrefix: String = "",
        webSocketPath: WebSocketPath? = nil,
        requiredFields: [RequiredField] = []
    ) {
        self.requiredFields = requiredFields
        self.switchboard = switchboard
        prefix = pathPrefix.split(separator: "/").map(String.init)
        self.webSocketPath = webSocketPath ?? WebSocketPath(prefix: prefix)
    }

    func delivery(for request: HTTPRequest) -> Delivery {
        let segments = request.segments
        if segments.first == "_control" {
            return .reply(Control(switchboard: switchboard).reply(to: request), after: .zero)
        }
        guard requiredFields.allSatisfy({ $0.stands(in: request.headers) }) else {
            return refuse(request, .unauthorized)
        }
        if let domain = webSocketPath.domain(of: segments) {
            return opening(of: request, in: domain)
        }
        guard let (domain, command) = command(at: segments) else {
            return refuse(request, .text(404, "there is nothing at this path\n"))
        }
        guard request.method == .POST else {
            var reply = Reply.text(405, "\(command.wireName) takes POST only\n")
            reply.fields = [("Allow", "POST")]
            return refuse(request, reply)
        }
        let message = Result { () throws(XMLProblem) in
            try XMLReader.element(from: request.body)
        }
        return switchboard.receive(
            Switchboard.Call(
                command: command,
                domain: domain,
                target: request.target,
                connection: request.connection,
                byteCount: request.body.count,
                message: message.mapError { Refusal(reason: $0.message) }
            )
        )
    }

    /// Answers and records what is no command at all.
    func refuse(_ request: HTTPRequest, _ reply: Reply) -> Delivery {
        switchboard.note(
            RequestRecord(
                connection: request.connection,
                target: request.target,
                bytes: request.body.count,
                outcome: "refused",
                status: reply.status
            )
        )
        return .reply(reply, after: .zero)
    }

    private func command(at segments: [Substring]) -> (domain: String, command: Command)? {
        let tail = ["service", "cc", "arm"]
        guard segments.count == prefix.count + tail.count + 2,
            segments.starts(with: prefix, by: ==),
            segments.dropFirst(prefix.count + 1).starts(with: tail, by: ==),
            let domain = PathSegment.decode(segments[prefix.count]), !domain.isEmpty,
            let command = Command.allCases.first(where: { $0.wireName == segments.last ?? "" })
        else { return nil }
        return (domain, command)
    }
}
