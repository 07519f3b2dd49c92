import ArmProtocol
import ArmSync
import ArmSyncTestKit
import Testing

/// What each end of a request means, row by row.
@Suite struct ClassificationTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var exchange: Exchange
        var kind: FailureKind
        var scope: Failure.Scope
        var closesSent: Bool
        var pace = Failure.Pace.backoff
        var attention = Failure.Attention.never

        var testDescription: String { "\(exchange)" }
    }

    private static func failed(_ kind: TransportFailure.Kind) -> Exchange {
        .failed(TransportFailure(kind: kind, code: "curl 7", message: "it failed"))
    }

    private static let error = ServerError(code: "cannot_perform_cmd", element: "<error/>")

    static let transportRows = [
        Row(exchange: failed(.unreachable), kind: .unreachable, scope: .server, closesSent: true),
        Row(
            exchange: failed(.interrupted(whileConnecting: true)),
            kind: .transient,
            scope: .server,
            closesSent: false
        ),
        Row(
            exchange: failed(.interrupted(whileConnecting: false)),
            kind: .transient,
            scope: .suspect,
            closesSent: false
        ),
        Row(exchange: failed(.garbled), kind: .garbled, scope: .suspect, closesSent: false),
        Row(
            exchange: failed(.misconfigured),
            kind: .misconfigured,
            scope: .server,
            closesSent: true,
            attention: .afterAnHour
        ),
        // One document that cannot be written must not keep the others from the server.
        Row(
            exchange: failed(.unwritable),
            kind: .misconfigured,
            scope: .document,
            closesSent: true,
            attention: .atOnce
        ),
    ]

    /// The server's own words count whatever the status is.
    static let refusedRows = [200, 400, 401, 403, 404, 500, 503].map { status in
        Row(
            exchange: .answered(Answer(status: status, message: .success(.error(error)))),
            kind: .refused,
            scope: .document,
            closesSent: true,
            pace: .refusal,
            attention: .afterTries
        )
    }

    static let transientRows = [408, 425, 429, 500, 502, 503, 504, 599].map { status in
        Row(
            exchange: .page(status: status),
            kind: .transient,
            scope: status == 429 || status == 503 ? .server : .suspect,
            closesSent: false
        )
    }

    static let credentialRows = [401, 403, 407].map { status in
        Row(
            exchange: .page(status: status),
            kind: .unauthenticated,
            scope: .server,
            closesSent: true,
            pace: .hourly,
            attention: .atOnce
        )
    }

    static let garbledRows = [200, 201, 204, 299, 301, 302, 307, 399, 0, 100, 199, 600].map {
        Row(exchange: .page(status: $0), kind: .garbled, scope: .suspect, closesSent: false)
    }

    static let misconfiguredRows = [400, 402, 404, 405, 413, 415, 422, 499].map { status in
        Row(
            exchange: .page(status: status),
            kind: .misconfigured,
            scope: status == 413 ? .document : .server,
            closesSent: true,
            pace: .hourly,
            attention: .atOnce
        )
    }

    @Test(
        arguments: transportRows + refusedRows + transientRows + credentialRows + garbledRows
            + misconfiguredRows
    )
    func `every end is judged by the table`(row: Row) throws {
        let failure = try #require(row.exchange.failure)
        #expect(failure.kind == row.kind)
        #expect(failure.scope == row.scope)
        #expect(failure.closesSent == row.closesSent)
        #expect(failure.pace == row.pace)
        #expect(failure.attention == row.attention)
        #expect(!failure.message.isEmpty && !failure.message.hasSuffix("."))
        #expect(!failure.code.isEmpty)
    }

    @Test func `the server's answer with a good status is no failure`() {
        #expect(Exchange.answered(.saved).judged == .success(.saved))
        let empty = ArmResponse.userData(.empty)
        #expect(Exchange.answered(empty).judged == .success(empty))
    }

    /// The switch's own form under another status is no confirmation.
    @Test(arguments: [302, 401, 404, 500, 503])
    func `a confirmation with a bad status is none`(status: Int) {
        let exchange = Exchange.answered(Answer(status: status, message: .success(.saved)))
        #expect(exchange.failure != nil)
    }

    @Test func `a refusal carries the server's own words`() throws {
        let failure = try #require(Exchange.refused.failure)
        #expect(failure.code == "cannot_perform_cmd")
        #expect(failure.detail == "<error/>")
    }

    @Test func `the server's wish to wait is kept as it came`() throws {
        let message = MessageError(message: "a page")
        let answer = Answer(
            status: 503,
            retryAfter: .seconds(90_000),
            message: .failure(message)
        )
        let failure = try #require(Exchange.answered(answer).failure)
        #expect(failure.retryAfter == .seconds(90_000))
    }
}
