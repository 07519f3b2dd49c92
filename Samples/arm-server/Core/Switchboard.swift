import Synchronization

/// The stand-in for the switch, without a network: requests in, deliveries out. Every transport
/// shares one, and with it the documents, the faults and the record of requests.
final class Switchboard: Sendable {
    struct Options: Sendable {
        /// Who saves without an `agent_id`.
        var sessionAgent = "102"
        var absentForm = AbsentForm.empty
        var errorForm = ErrorForm.attribute
    }

    /// One command as a transport took it in.
    struct Call: Sendable {
        var command: Command
        var domain: String
        var target: String
        var connection: Int
        var transport = Transport.http
        /// The sequence number of a message.
        var number: Int?
        var byteCount: Int
        /// The message, or why the bytes are none.
        var message: Result<Element, Refusal>
    }

    struct State: Sendable {
        var store: Store
        var faults = FaultQueue()
        var requests = RecordBook<RequestRecord>()
        var handshakes = RecordBook<HandshakeRecord>()
        var lastConnection = 0
    }

    let options: Options
    private let state: Mutex<State>
    private let log: (@Sendable (String) -> Void)?

    init(
        store: Store,
        options: Options = Options(),
        faults: [Fault] = [],
        log: (@Sendable (String) -> Void)? = nil
    ) {
        self.options = options
        self.log = log
        var state = State(store: store)
        state.faults.append(faults)
        self.state = Mutex(state)
    }

    /// Carries a command out, or what the next fault makes of it.
    func receive(_ call: Call) -> Delivery {
        state.withLock { state in
            let fault = state.faults.take(for: .command(call.command, over: call.transport))
            var record = RequestRecord(
                connection: call.connection,
                transport: call.transport,
                number: call.number,
                target: call.target,
                command: call.command.rawValue,
                domain: call.domain,
                bytes: call.byteCount,
                outcome: "nothing",
                fault: fault?.description
            )
            let answer = answer(to: call, under: fault, &state, &record)
            let right = Reply(
                content: .message(
                    answer.element(to: call.command, errorForm: options.errorForm)
                )
            )
            let delivery =
                fault?.delivery(of: right, to: call.command, errorForm: options.errorForm)
                ?? .reply(right, after: .zero)
            if case .reply(let reply, _) = delivery { record.status = reply.status }
            keep(record, in: &state.requests)
            return delivery
        }
    }

    /// Opens a WebSocket, or does what the next fault makes of it.
    func open(target: String, domain: String, connection: Int) -> Delivery {
        state.withLock { state in
            let fault = state.faults.take(for: .handshake)
            let delivery =
                fault?.delivery(ofOpening: domain)
                ?? .upgrade(Opening(domain: domain), after: .zero)
            var record = HandshakeRecord(
                connection: connection,
                target: target,
                domain: domain,
                outcome: "nothing",
                fault: fault?.description
            )
            switch delivery {
            case .upgrade: (record.outcome, record.status) = ("opened", 101)
            case .reply(let reply, _): record.status = reply.status
            case .silence, .close, .closeFrame, .reset: break
            }
            keep(record, in: &state.handshakes)
            return delivery
        }
    }

    /// Records a request that is no command.
    func note(_ record: RequestRecord) {
        state.withLock { keep(record, in: &$0.requests) }
    }

    func nextConnection() -> Int {
        state.withLock { state in
            state.lastConnection += 1
            return state.lastConnection
        }
    }

    /// For the control URL: looks at and changes what there is behind the commands' back.
    func withState<Value: Sendable>(_ body: (inout sending State) -> sending Value) -> Value {
        state.withLock(body)
    }

    private func keep<Entry: Record>(_ record: Entry, in book: inout RecordBook<Entry>) {
        let kept = book.keep(record)
        log?(kept.line)
    }
}
