import ArgumentParser
import ArmSync
import JSONDocument

/// What a script may rely on when a command ends.
enum ExitStatus: Int32, Sendable {
    case done = 0
    case needsPerson = 1
    case usage = 64
    case badInput = 65
    case missingInput = 66
    case storeFailed = 74
    case notNow = 75
    case unauthenticated = 77
    case configuration = 78
}

/// Why a command did not do what it was asked.
struct CommandError: Error {
    var status: ExitStatus
    /// What happened, in plain English, without a trailing full stop.
    var message: String
    /// What to type or set next, where there is something.
    var advice: String?

    init(_ status: ExitStatus, _ message: String, advice: String? = nil) {
        self.status = status
        self.message = message
        self.advice = advice
    }

    init(_ error: StoreError, advice: String? = nil) {
        let status: ExitStatus =
            switch error.code {
            case .failed, .unreadable: .storeFailed
            case .busy: .notNow
            case .unusableID: .usage
            }
        self.init(status, error.message, advice: advice)
    }
}

extension ExitStatus {
    /// Ends the command with this code, where it is not the one of success.
    func end() throws {
        if self != .done { throw ExitCode(rawValue) }
    }

    /// The one that wins where several apply to one run.
    static func worst(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
        let order: [ExitStatus] = [
            .configuration, .storeFailed, .unauthenticated, .needsPerson, .notNow,
        ]
        let present = Set(statuses)
        return order.first(where: present.contains) ?? .done
    }
}
