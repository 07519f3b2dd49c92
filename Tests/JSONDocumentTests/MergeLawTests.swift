import JSONDocument
import Testing

/// What holds of every merge, tried on random documents; a failure names its seed.
@Suite struct MergeLawTests {
    /// Seeds in blocks, because one test case for each would drown the others.
    static let blocks = (0..<15).map { UInt64($0) * 200..<UInt64($0 + 1) * 200 }

    private static let merge = ThreeWayMerge()

    @Test(arguments: blocks)
    func `What only one side changed is as that side wrote it`(seeds: Range<UInt64>) {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            for side in [versions.mine, versions.theirs] {
                for (mine, theirs) in [(side, versions.base), (versions.base, side)] {
                    let result = Self.merge.merge(base: versions.base, mine: mine, theirs: theirs)
                    #expect(result.value?.text() == side?.text(), "seed \(seed): \(versions)")
                    #expect(result.isComplete, "seed \(seed): \(versions)")
                    #expect(result.base == theirs, "seed \(seed): \(versions)")
                }
            }
        }
    }

    @Test(arguments: blocks)
    func `What both sides changed alike is taken once`(seeds: Range<UInt64>) {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            let side = versions.mine
            let result = Self.merge.merge(base: versions.base, mine: side, theirs: side)
            #expect(result.value?.text() == side?.text(), "seed \(seed): \(versions)")
            #expect(result.isComplete, "seed \(seed): \(versions)")
        }
    }

    @Test(arguments: blocks)
    func `Swapping the sides swaps the sides and nothing else`(seeds: Range<UInt64>) {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            let result = Self.result(versions)
            let swapped = Self.merge.merge(
                base: versions.base,
                mine: versions.theirs,
                theirs: versions.mine
            )
            let seen = result.conflicts.map(Sides.init)
            let back = swapped.conflicts.map { Sides($0).swapped }
            #expect(Set(seen) == Set(back), "seed \(seed): \(versions)")
            #expect(Set(seen).count == back.count, "seed \(seed): \(versions)")
            // With every conflict settled for one side, the values are the same whole.
            let mine = Self.result(versions) { _ in .mine }
            let theirs = Self.merge.merge(
                base: versions.base,
                mine: versions.theirs,
                theirs: versions.mine
            ) { _ in .theirs }
            #expect(mine.value == theirs.value, "seed \(seed): \(versions)")
            #expect(mine.value == result.value, "seed \(seed): \(versions)")
        }
    }

    @Test(arguments: blocks)
    func `A conflict is where both sides changed the same thing differently, and nowhere else`(
        seeds: Range<UInt64>
    ) {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            let result = Self.result(versions)
            let oracle = MergeOracle(versions)
            let isExpected = MergeOracle.matches(result.value, oracle.expected)
            #expect(isExpected, "seed \(seed): \(versions) gave \(result.value?.text() ?? "-")")
            let paths = Set(result.conflicts.map { $0.path.steps.map(Self.key) })
            #expect(oracle.conflicts.isSubset(of: paths), "seed \(seed): \(versions)")
            #expect(
                paths.isSubset(of: oracle.conflicts.union(oracle.unknown)),
                "seed \(seed): \(versions)"
            )
        }
    }

    @Test(arguments: blocks)
    func `What a merge came to merges to itself again`(seeds: Range<UInt64>) {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            let result = Self.result(versions)
            let again = Self.merge.merge(
                base: versions.base,
                mine: result.value,
                theirs: versions.theirs
            )
            let names = again.conflicts.map(\.name)
            #expect(again.value == result.value, "seed \(seed): \(versions)")
            #expect(Set(names) == Set(result.conflicts.map(\.name)), "seed \(seed): \(versions)")
            let onward = Self.merge.merge(
                base: versions.theirs,
                mine: result.value,
                theirs: versions.theirs
            )
            #expect(onward.value?.text() == result.value?.text(), "seed \(seed): \(versions)")
            #expect(onward.isComplete, "seed \(seed): \(versions)")
        }
    }

    @Test(arguments: blocks)
    func `What was settled is no conflict over the base to go on from`(seeds: Range<UInt64>) {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            let open = Self.result(versions).conflicts
            // All stay open, all are settled, and every other one is.
            for stride in 0..<3 {
                let chosen = Set(
                    open.enumerated().filter { stride == 1 || $0.offset % 2 == stride - 1 }
                        .map(\.element.name)
                )
                let result = Self.result(versions) { conflict in
                    guard chosen.contains(conflict.name) else { return .hold }
                    return [.mine, .theirs, .value(Self.third(conflict))][Int(seed % 3)]
                }
                #expect(Set(result.settled.map(\.conflict.name)) == chosen, "seed \(seed)")
                let again = Self.merge.merge(
                    base: result.base,
                    mine: result.value,
                    theirs: versions.theirs
                )
                #expect(again.value == result.value, "seed \(seed): \(versions)")
                #expect(again.base == result.base, "seed \(seed): \(versions)")
                let names = Set(again.conflicts.map(\.name))
                #expect(names == Set(result.conflicts.map(\.name)), "seed \(seed): \(versions)")
                if result.isComplete {
                    #expect(result.base == versions.theirs, "seed \(seed): \(versions)")
                }
            }
        }
    }

    @Test(arguments: blocks)
    func `The pointers of a conflict lead to its values`(seeds: Range<UInt64>) throws {
        for seed in seeds {
            let versions = RandomMerge(seed: seed)
            let result = Self.result(versions)
            for conflict in result.conflicts {
                let sides = [
                    (versions.mine, conflict.minePointer, conflict.mine),
                    (versions.theirs, conflict.theirsPointer, conflict.theirs),
                ]
                for (document, pointer, value) in sides {
                    if let document {
                        #expect(conflict.path.pointer(in: document) == pointer, "seed \(seed)")
                    }
                    let found = pointer.flatMap { try? document?.value(at: $0) }
                    #expect(found == value, "seed \(seed): \(versions)")
                }
                let place = result.value.flatMap(conflict.path.pointer)
                let found = place.flatMap { try? result.value?.value(at: $0) }
                #expect(found == conflict.mine, "seed \(seed): \(versions)")
                #expect(conflict.isAtOrInside(conflict.name), "seed \(seed): \(versions)")
            }
        }
    }

    @Test func `The random documents hold what the laws are about`() {
        var counts = (conflicts: 0, clean: 0, elements: 0, deletions: 0, runs: 0, absent: 0)
        for seed in 0..<UInt64(2000) {
            let versions = RandomMerge(seed: seed)
            let result = Self.result(versions)
            let oracle = MergeOracle(versions)
            let isPlain = versions.base == versions.mine || versions.base == versions.theirs
            counts.conflicts += result.isComplete ? 0 : 1
            counts.clean += result.isComplete && !isPlain ? 1 : 0
            counts.elements += result.conflicts.count { $0.path.steps.contains(where: \.isElement) }
            counts.deletions += result.conflicts.count { $0.mine == nil || $0.theirs == nil }
            counts.runs += oracle.unknown.count - result.conflicts.count + oracle.conflicts.count
            counts.absent += versions.base == nil ? 1 : 0
        }
        #expect(counts.conflicts > 400)
        #expect(counts.clean > 400)
        #expect(counts.elements > 80)
        #expect(counts.deletions > 100)
        #expect(counts.runs > 25)
        #expect(counts.absent > 100)
    }

    private static func result(
        _ versions: RandomMerge,
        settling decide: (MergeConflict) -> MergeDecision = { _ in .hold }
    ) -> MergeResult {
        merge.merge(
            base: versions.base,
            mine: versions.mine,
            theirs: versions.theirs,
            settling: decide
        )
    }

    /// A value that neither side has.
    private static func third(_ conflict: MergeConflict) -> JSONValue {
        guard case .element(let element) = conflict.path.steps.last else { return ["settled"] }
        return [element.key: element.identity, "settled": 1]
    }

    private static func key(_ step: MergePath.Step) -> JSONValue {
        switch step {
        case .member(let name): .string(name)
        case .element(let element): element.identity
        }
    }

    /// What each side shows of a conflict.
    private struct Sides: Hashable {
        var name: JSONPointer
        var base: JSONValue?
        var mine: JSONValue?
        var theirs: JSONValue?
        var minePointer: JSONPointer?
        var theirsPointer: JSONPointer?

        init(_ conflict: MergeConflict) {
            name = conflict.name
            base = conflict.base
            mine = conflict.mine
            theirs = conflict.theirs
            minePointer = conflict.minePointer
            theirsPointer = conflict.theirsPointer
        }

        var swapped: Sides {
            var sides = self
            swap(&sides.mine, &sides.theirs)
            swap(&sides.minePointer, &sides.theirsPointer)
            return sides
        }
    }
}

extension MergePath.Step {
    fileprivate var isElement: Bool {
        if case .element = self { true } else { false }
    }
}
