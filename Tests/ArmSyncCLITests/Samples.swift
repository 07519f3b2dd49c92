import ArmProtocol

@testable import ArmSync
@testable import ArmSyncCLI

extension Timestamp {
    /// 2026-11-22T10:00:00Z, when every test takes place.
    static let now = Timestamp(milliseconds: 1_795_341_600_000)

    static func before(_ span: Duration) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - span.milliseconds)
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
}

extension DocumentKey {
    static let hodor = DocumentKey(application: "hodor", agent: "102")
}

extension Binding {
    static let sample = Binding(server: "http://switch.example:8086", domain: "biysk.local")
}

extension Trouble {
    static func sample(
        _ kind: FailureKind,
        _ message: String,
        code: String = "code",
        attempts: Int = 2,
        attention: Timestamp? = nil,
        next wait: Duration = .minutes(1)
    ) -> Trouble {
        Trouble(
            kind: kind,
            code: code,
            message: message,
            since: .before(.minutes(12)),
            at: .before(.minutes(3)),
            attempts: attempts,
            nextAttempt: .now + wait,
            attentionAt: attention
        )
    }
}

extension Failure {
    static func sample(_ kind: FailureKind, _ message: String) -> Failure {
        Failure(kind: kind, code: "code", message: message, scope: .server, closesSent: true)
    }
}

extension DocumentStatus {
    /// The status of a fresh state, to be changed into what a test is about.
    static func sample(
        _ stage: Stage,
        _ key: DocumentKey = .hodor,
        _ change: (inout DocumentStatus) -> Void = { _ in }
    ) -> DocumentStatus {
        var status = DocumentStatus(
            key,
            DocumentState(),
            server: ServerStanding(),
            settings: SyncSettings()
        )
        status.stage = stage
        change(&status)
        return status
    }

    mutating func wait(_ count: Int, since oldest: Duration) {
        pendingEdits = count
        oldestEditAt = .before(oldest)
        newestEditAt = .before(.seconds(5))
    }
}

extension Console {
    /// A screen of 80 columns without colours.
    static let plain = Console(
        isJSON: false,
        isQuiet: false,
        isVerbose: false,
        color: .never,
        environment: [:],
        width: 80
    )
}
