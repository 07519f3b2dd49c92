import ArmSyncStorage

/// A file, directory or link of the simulation: what programs see, and what a power cut leaves.
final class SimulatedNode {
    let kind: FileStatus.Kind
    let number: UInt64
    var owner: UInt32
    var permissions: UInt32
    var bytes: [UInt8] = []
    var durableBytes: [UInt8] = []
    var names: [String: SimulatedNode] = [:]
    var durableNames: [String: SimulatedNode] = [:]
    var changes: Int64 = 0
    /// The open file that holds the lock.
    var holder: ObjectIdentifier?

    init(_ kind: FileStatus.Kind, number: UInt64, owner: UInt32, permissions: UInt32) {
        self.kind = kind
        self.number = number
        self.owner = owner
        self.permissions = permissions
    }

    var status: FileStatus {
        FileStatus(
            kind: kind,
            identity: FileIdentity(device: 1, number: number),
            owner: owner,
            permissions: permissions,
            length: bytes.count,
            changedAt: changes
        )
    }

    /// Makes of this and all below what a power cut leaves.
    func crash(_ crash: SimulatedCrash) {
        holder = nil
        if !crash.keepsNames { names = durableNames }
        durableNames = names
        bytes = crash.remains(of: bytes, durable: durableBytes)
        durableBytes = bytes
        for node in names.values { node.crash(crash) }
    }
}

/// What a crash does with what was not synced.
struct SimulatedCrash: Hashable, Sendable {
    enum Contents: Hashable, Sendable {
        case lost
        case kept
        /// Of what was appended, so many bytes are there.
        case torn(at: Int)
        /// All of what was appended is there by length, but only so many bytes are; the rest is NUL.
        case nulled(from: Int)
    }

    var contents: Contents
    var keepsNames: Bool

    /// Power goes, and everything unsynced with it.
    static let powerCut = SimulatedCrash(contents: .lost, keepsNames: false)
    /// The process dies; the system lives on.
    static let kill = SimulatedCrash(contents: .kept, keepsNames: true)

    static let all = [
        powerCut, kill,
        SimulatedCrash(contents: .lost, keepsNames: true),
        SimulatedCrash(contents: .kept, keepsNames: false),
        SimulatedCrash(contents: .torn(at: 7), keepsNames: true),
        SimulatedCrash(contents: .nulled(from: 40), keepsNames: true),
        SimulatedCrash(contents: .nulled(from: 0), keepsNames: true),
    ]

    func remains(of bytes: [UInt8], durable: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: durable) else { return contents == .lost ? durable : bytes }
        let added = bytes.dropFirst(durable.count)
        switch contents {
        case .lost: return durable
        case .kept: return bytes
        case .torn(let count): return durable + added.prefix(count)
        case .nulled(let count):
            let kept = added.prefix(count)
            return durable + kept + [UInt8](repeating: 0, count: added.count - kept.count)
        }
    }
}
