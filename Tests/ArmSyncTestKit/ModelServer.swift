package import ArmProtocol
package import ArmSync
package import JSONDocument
private import Synchronization

/// The switch as a model: what it stores, who has read which version of it, and its faults.
///
/// Every value stored has a version. A save is *unseen* where the replica that sends it has not read
/// the version it overwrites: the one thing that must never happen.
package final class ModelServer: Sendable {
    /// What goes wrong with one request.
    package enum Fault: Sendable, CaseIterable {
        case unreachable
        case refused
        /// The request is not carried out; the answer is none of the switch's.
        case garbled
        /// The request is carried out; the answer is lost.
        case answerLost
        /// The request is lost, and nobody can tell that from a lost answer.
        case requestLost
    }

    private struct Contents {
        var stored: [DocumentKey: UserData] = [:]
        var versions: [DocumentKey: Int] = [:]
        var seen: [Reader: Int] = [:]
        var saves = 0
        var unseen: [String] = []
    }

    private struct Reader: Hashable {
        var replica: String
        var key: DocumentKey
    }

    private let contents = Mutex(Contents())

    package init() {}

    /// What the server holds.
    package func stored(_ key: DocumentKey) -> UserData {
        contents.withLock { $0.stored[key] ?? .absent }
    }

    /// Saves carried out so far.
    package var saves: Int { contents.withLock { $0.saves } }

    /// Saves that overwrote what their replica had not read.
    package var unseenSaves: [String] { contents.withLock { $0.unseen } }

    /// Stores what somebody without arm-sync wrote; `.absent` empties it.
    package func write(_ data: UserData, to key: DocumentKey) {
        contents.withLock { contents in
            contents.stored[key] = data
            contents.versions[key, default: 0] += 1
        }
    }

    /// Carries a request of a replica out, or fails as told.
    package func exchange(
        _ request: ArmRequest,
        from replica: String = "",
        fault: Fault? = nil
    ) -> Exchange {
        switch fault {
        case .unreachable: return .unreachable
        case .refused: return .refused
        case .garbled: return .garbled
        case .requestLost: return .interrupted
        case .answerLost:
            // A read whose answer is lost shows nobody anything.
            if case .save = request { _ = carryOut(request, from: replica) }
            return .interrupted
        case nil: return .answered(carryOut(request, from: replica))
        }
    }

    private func carryOut(_ request: ArmRequest, from replica: String) -> ArmResponse {
        contents.withLock { contents in
            let key = request.key
            let reader = Reader(replica: replica, key: key)
            let version = contents.versions[key] ?? 0
            switch request {
            case .read:
                contents.seen[reader] = version
                return .userData(contents.stored[key] ?? .absent)
            case .save(_, let data):
                if contents.seen[reader] != version {
                    let seen = contents.seen[reader].map(String.init) ?? "none"
                    contents.unseen.append("\(replica) saw \(seen), overwrote \(version)")
                }
                contents.saves += 1
                contents.stored[key] = data
                contents.versions[key] = version + 1
                contents.seen[reader] = version + 1
                return .saved
            }
        }
    }
}

extension UserData {
    /// A document in the vendor's own form.
    package static func json(_ value: JSONValue) -> UserData { .document(value, .json) }
}
