import ArmProtocol
import ArmSync
import Synchronization

/// The switch: one document, stored as it comes, for whoever asks.
final class SimulatedServer: Sendable {
    private let contents = Mutex(UserData.absent)
    private let account: Account

    init(_ account: Account) { self.account = account }

    var stored: UserData { contents.withLock { $0 } }

    /// Stores what somebody saved, or without arm-sync wrote.
    func store(_ data: UserData, at moment: Int64) {
        let before = contents.withLock { stored in
            defer { stored = data }
            return stored
        }
        account.serverChanged(from: before.value, to: data.value, at: moment)
    }

    func carryOut(_ request: ArmRequest, at moment: Int64) -> ArmResponse {
        switch request {
        case .read: return .userData(stored)
        case .save(_, let data):
            store(data, at: moment)
            return .saved
        }
    }
}
