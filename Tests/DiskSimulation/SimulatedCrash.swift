/// What a crash does with what was not synced, the same with all of it.
package struct SimulatedCrash: Hashable, Sendable {
    package enum Contents: Hashable, Sendable {
        case lost
        case kept
        /// Of what was appended, so many bytes are there.
        case torn(at: Int)
        /// All of what was appended is there by length, but only so many bytes are; the rest is NUL.
        case nulled(from: Int)
    }

    package var contents: Contents
    package var keepsNames: Bool

    /// Power goes, and everything unsynced with it.
    package static let powerCut = SimulatedCrash(contents: .lost, keepsNames: false)
    /// The process dies; the system lives on.
    package static let kill = SimulatedCrash(contents: .kept, keepsNames: true)

    package static let all = [
        powerCut, kill,
        SimulatedCrash(contents: .lost, keepsNames: true),
        SimulatedCrash(contents: .kept, keepsNames: false),
        SimulatedCrash(contents: .torn(at: 7), keepsNames: true),
        SimulatedCrash(contents: .nulled(from: 40), keepsNames: true),
        SimulatedCrash(contents: .nulled(from: 0), keepsNames: true),
    ]
}

extension SimulatedDisk {
    /// Makes of everything what such a crash leaves.
    package mutating func crash(_ crash: SimulatedCrash) {
        // The system has it all in memory still, no more durable than before.
        if crash == .kill { return }
        for number in nodes.keys {
            change(number) { node in
                node.settleNames { _, values in
                    (crash.keepsNames ? values.last : values.first) ?? nil
                }
                node.settlePermissions(keepsLast: crash.keepsNames)
                node.rewrite(crash.remains(of: node.bytes, durable: node.contents[0]))
            }
        }
        settle()
    }
}

extension SimulatedCrash {
    fileprivate func remains(of bytes: [UInt8], durable: [UInt8]) -> [UInt8] {
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
