package import ArmSyncStorage

/// A file, directory or link of the simulation: what programs see, and what may be on the disk.
package struct SimulatedNode: Sendable {
    /// What a disk writes as a whole or not at all.
    package static let sectorLength = 512

    package let kind: FileStatus.Kind
    package let number: UInt64
    package var owner: UInt32
    package private(set) var permissions: UInt32
    /// What they were at the last sync: nothing makes permissions certain, but a power cut takes no
    /// more than what was changed since.
    private var formerPermissions: UInt32
    /// What a file has held since its last sync: what surely is on the disk, then each change, last
    /// what programs see.
    package private(set) var contents: [[UInt8]] = [[]]
    /// Sectors that a failed sync gave up: the system calls them clean, so that no later sync writes
    /// them, unless they are written to again.
    package private(set) var forgotten: Set<Int> = []
    /// The same for each name of a directory since that one's last sync.
    package private(set) var entries: [String: [UInt64?]] = [:]
    private var changes: Int64 = 0

    package init(_ kind: FileStatus.Kind, number: UInt64, owner: UInt32, permissions: UInt32) {
        self.kind = kind
        self.number = number
        self.owner = owner
        self.permissions = permissions
        formerPermissions = permissions
    }

    package var bytes: [UInt8] { contents.last ?? [] }

    package var names: [String: UInt64] { entries.compactMapValues { $0.last ?? nil } }

    package var status: FileStatus {
        FileStatus(
            kind: kind,
            identity: FileIdentity(device: 1, number: number),
            owner: owner,
            permissions: permissions,
            length: bytes.count,
            changedAt: changes
        )
    }
}

extension SimulatedNode {
    package mutating func write(_ added: ArraySlice<UInt8>) {
        let start = bytes.count
        contents.append(bytes + added)
        forgotten.subtract(Self.sectors(start..<start + added.count))
        changes += 1
    }

    package mutating func truncate(to length: Int) {
        let missing = max(0, length - bytes.count)
        contents.append(bytes.prefix(length) + [UInt8](repeating: 0, count: missing))
        forgotten = forgotten.filter { $0 * Self.sectorLength < length }
        changes += 1
    }

    package mutating func setPermissions(_ permissions: UInt32) { self.permissions = permissions }

    /// Makes certain which of the permissions there have been the file has.
    package mutating func settlePermissions(keepsLast: Bool) {
        if !keepsLast { permissions = formerPermissions }
        formerPermissions = permissions
    }

    package mutating func sync() {
        formerPermissions = permissions
        let current = bytes
        let durable = contents[0]
        var onDisk = current
        for sector in forgotten {
            for index in Self.range(of: sector, in: current.count) {
                onDisk[index] = index < durable.count ? durable[index] : 0
            }
        }
        contents = onDisk == current ? [current] : [onDisk, current]
        if contents.count == 1 { forgotten = [] }
    }

    /// What is unsynced is given up: still there to be read, and written by no later sync.
    package mutating func failToSync() { forgotten.formUnion(differingSectors) }

    /// Gives the file other bytes, surely on the disk.
    package mutating func rewrite(_ bytes: [UInt8]) {
        contents = [bytes]
        forgotten = []
        changes += 1
    }

    /// Returns how many values the name has had since the last sync, with this one.
    @discardableResult
    package mutating func set(_ name: String, to number: UInt64?) -> Int {
        entries[name, default: [nil]].append(number)
        return entries[name]?.count ?? 0
    }

    package mutating func syncNames() {
        entries = entries.compactMapValues { ($0.last ?? nil).map { [$0] } }
    }

    /// Makes of each name what is chosen of what it was, surely on the disk.
    package mutating func settleNames(_ choose: (String, [UInt64?]) -> UInt64?) {
        for (name, values) in entries { entries[name] = choose(name, values).map { [$0] } }
    }
}

extension SimulatedNode {
    /// Sectors of which the disk may hold one thing or another.
    package var differingSectors: Set<Int> {
        let longest = contents.map(\.count).max() ?? 0
        return Set(Self.sectors(0..<longest)).filter { sector in
            let first = Self.sector(sector, of: contents[0])
            return contents.contains { Self.sector(sector, of: $0) != first }
        }
    }

    package static func sectors(_ range: Range<Int>) -> Range<Int> {
        if range.isEmpty { return 0..<0 }
        return range.lowerBound / sectorLength..<(range.upperBound - 1) / sectorLength + 1
    }

    package static func range(of sector: Int, in length: Int) -> Range<Int> {
        let start = min(sector * sectorLength, length)
        return start..<min(start + sectorLength, length)
    }

    package static func sector(_ sector: Int, of bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes[range(of: sector, in: bytes.count)]
    }
}
