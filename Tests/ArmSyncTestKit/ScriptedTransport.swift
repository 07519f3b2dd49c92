package import ArmProtocol
package import ArmSync
private import Synchronization

/// A transport that answers as a closure says and remembers what it was asked.
package final class ScriptedTransport: Transport {
    private struct Log {
        var requests: [ArmRequest] = []
        var underway = 0
        var mostUnderway = 0
    }

    private let log = Mutex(Log())
    private let answer: @Sendable (ArmRequest, Int) async -> Exchange

    /// - Parameter answer: given the request and its number, from 1.
    package init(answer: @escaping @Sendable (ArmRequest, Int) async -> Exchange) {
        self.answer = answer
    }

    /// Every request so far, in order.
    package var requests: [ArmRequest] { log.withLock { $0.requests } }

    /// The saves among them.
    package var saves: [ArmRequest] { requests.filter { $0.command == "save_user_data" } }

    /// The most requests that were ever on their way at once.
    package var mostUnderway: Int { log.withLock { $0.mostUnderway } }

    package func exchange(_ request: ArmRequest) async -> Exchange {
        let number = log.withLock { log in
            log.requests.append(request)
            log.underway += 1
            log.mostUnderway = max(log.mostUnderway, log.underway)
            return log.requests.count
        }
        defer { log.withLock { $0.underway -= 1 } }
        return await answer(request, number)
    }
}

extension Exchange {
    /// The switch's own answer, with status 200.
    package static func answered(_ response: ArmResponse) -> Exchange {
        .answered(Answer(status: 200, message: .success(response)))
    }

    /// A page that is not the switch's.
    package static func page(status: Int) -> Exchange {
        .answered(Answer(status: status, message: .failure(MessageError(message: "a page"))))
    }

    package static let refused = Exchange.answered(
        .error(ServerError(code: "cannot_perform_cmd", element: "<error/>"))
    )
    package static let unreachable = Exchange.failed(
        TransportFailure(kind: .unreachable, code: "curl 7", message: "nobody listens")
    )
    package static let interrupted = Exchange.failed(
        TransportFailure(
            kind: .interrupted(whileConnecting: false),
            code: "curl 28",
            message: "no answer in time"
        )
    )
    package static let garbled = Exchange.page(status: 200)
}
