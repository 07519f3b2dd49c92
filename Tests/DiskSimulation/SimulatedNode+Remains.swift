package import SeededRandom

extension SimulatedNode {
    /// What a power cut may leave of the file: first what surely is on the disk, last everything.
    ///
    /// Each sector is what it was at any moment since the last sync, or zeros where the file had
    /// not grown so far; the length is any that the file has had meanwhile; an append may be cut at
    /// any byte, or be zeros from any byte on.
    package func remains(
        _ sampling: CrashSampling,
        _ generator: inout SeededGenerator
    ) -> [[UInt8]] {
        guard contents.count > 1 else { return contents }
        var found = DistinctContents(limit: sampling.contents)
        found.add(contents[0])
        found.add(bytes)
        for content in contents { found.add(content) }
        for (before, after) in zip(contents, contents.dropFirst()) where after.count > before.count
        {
            let kept = before.count..<after.count
            for end in Self.notableEnds(kept, sampling, &generator) {
                found.add(Array(after[..<end]))
                found.add(after[..<end] + [UInt8](repeating: 0, count: after.count - end))
            }
        }
        let sectors = differingSectors.sorted()
        let lengths = Array(Set(contents.map(\.count))).sorted()
        for _ in 0..<min(sampling.contents, 1 << min(sectors.count + 2, 16)) where !found.isFull {
            let length = lengths[generator.below(lengths.count)]
            var mixed =
                bytes.prefix(length) + [UInt8](repeating: 0, count: max(0, length - bytes.count))
            for sector in sectors {
                let version = contents[generator.below(contents.count)]
                for index in Self.range(of: sector, in: length) {
                    mixed[index] = index < version.count ? version[index] : 0
                }
            }
            found.add(Array(mixed))
        }
        return found.inOrder
    }

    /// Where an append may have ended: at the sides of a byte or a sector first, then anywhere.
    private static func notableEnds(
        _ added: Range<Int>,
        _ sampling: CrashSampling,
        _ generator: inout SeededGenerator
    ) -> [Int] {
        if added.count * 2 <= sampling.contents { return Array(added) }
        var ends = [added.upperBound - 1, added.lowerBound, added.lowerBound + 1]
        ends += sectors(added).dropFirst().map { $0 * sectorLength }
        for _ in 0..<sampling.contents / 2 {
            ends.append(added.lowerBound + generator.below(added.count))
        }
        return ends
    }
}

/// Contents without repetitions, in the order in which they were found, the second of them last.
private struct DistinctContents {
    package let limit: Int
    private var list: [[UInt8]] = []
    private var known: Set<[UInt8]> = []

    package init(limit: Int) { self.limit = limit }

    package var isFull: Bool { list.count >= limit }

    package var inOrder: [[UInt8]] {
        guard list.count > 1 else { return list }
        return [list[0]] + list[2...] + [list[1]]
    }

    package mutating func add(_ content: [UInt8]) {
        if !isFull, known.insert(content).inserted { list.append(content) }
    }
}
