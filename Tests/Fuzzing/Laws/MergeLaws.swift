import JSONDocument

/// What holds of every merge of three versions.
///
/// The input is base, mine and theirs, one on each line; an empty line is no document. A fourth
/// line, where it is no more than a few bytes, names the member that tells elements apart.
enum MergeLaws {
    private struct Versions {
        var merge = ThreeWayMerge()
        var base: JSONValue?
        var mine: JSONValue?
        var theirs: JSONValue?

        func result(settling decide: (MergeConflict) -> MergeDecision = { _ in .hold })
            -> MergeResult
        {
            merge.merge(base: base, mine: mine, theirs: theirs, settling: decide)
        }

        var swapped: Versions {
            Versions(merge: merge, base: base, mine: theirs, theirs: mine)
        }
    }

    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let lines = FuzzInput.lines(bytes, 4)
        var documents: [JSONValue?] = []
        for line in lines[..<3] {
            guard let document = try? JSONValue(parsing: line) else {
                guard line.isEmpty else { return }
                documents.append(nil)
                continue
            }
            documents.append(document)
        }
        var versions = Versions(base: documents[0], mine: documents[1], theirs: documents[2])
        if let name = String(validating: lines[3], as: UTF8.self), 1...8 ~= name.utf8.count {
            versions.merge.identities.standard = JSONString(name)
        }
        try checkOneSided(versions)
        try checkSides(versions)
        try checkAgain(versions)
        try checkSettling(versions)
    }

    private static func checkOneSided(_ versions: Versions) throws(BrokenLaw) {
        for side in [versions.mine, versions.theirs] {
            let pairs = [(side, versions.base), (versions.base, side), (side, side)]
            for (mine, theirs) in pairs {
                var one = versions
                (one.mine, one.theirs) = (mine, theirs)
                let result = one.result()
                try expect(
                    result.isComplete,
                    "what one side changed, or both alike, is no conflict"
                )
                try expect(
                    same(result.value, side),
                    "what one side changed, or both alike, is as that side wrote it",
                    "\(result.value?.text() ?? "nothing") instead of \(side?.text() ?? "nothing")"
                )
                try expect(result.base == theirs, "without conflicts the next base is theirs")
            }
        }
    }

    private static func checkSides(_ versions: Versions) throws(BrokenLaw) {
        let result = versions.result()
        let swapped = versions.swapped.result()
        let there = Set(result.conflicts.map { [$0.base, $0.mine, $0.theirs] })
        let back = Set(swapped.conflicts.map { [$0.base, $0.theirs, $0.mine] })
        try expect(
            there == back && result.conflicts.count == swapped.conflicts.count,
            "a conflict is one from either side"
        )
        let mine = versions.result { _ in .mine }
        let theirs = versions.swapped.result { _ in .theirs }
        try expect(mine.value == theirs.value, "settled for one side, both sides see the same")
        try expect(mine.value == result.value, "an open conflict holds mine's value")
        try expect(
            (result.value?.depth ?? 0) <= JSONValue.depthLimit,
            "no merge nests deeper than may be"
        )
        for conflict in result.conflicts {
            try expect(
                conflict.mine != conflict.theirs && conflict.mine != conflict.base
                    && conflict.theirs != conflict.base,
                "only what both sides changed differently is a conflict",
                conflict.name.text
            )
            try checkPlaces(of: conflict, versions)
        }
    }

    private static func checkPlaces(
        of conflict: MergeConflict,
        _ versions: Versions
    ) throws(BrokenLaw) {
        let sides = [
            (versions.mine, conflict.minePointer, conflict.mine),
            (versions.theirs, conflict.theirsPointer, conflict.theirs),
        ]
        for (document, pointer, value) in sides {
            let found = pointer.flatMap { try? document?.value(at: $0) }
            try expect(
                found == value,
                "a conflict's pointers lead to its values",
                "\(conflict.name)"
            )
        }
        try expect(conflict.isAtOrInside(conflict.name), "a conflict is at its own name")
    }

    /// What a merge came to has both sides in it, and merges to itself again.
    private static func checkAgain(_ versions: Versions) throws(BrokenLaw) {
        let result = versions.result()
        let names = Set(result.conflicts.map(\.name))
        var again = versions
        again.mine = result.value
        let second = again.result()
        try expect(second.value == result.value, "merged once more, nothing changes")
        try expect(Set(second.conflicts.map(\.name)) == names, "nor do the conflicts")
        again.base = result.base
        let onward = again.result()
        try expect(
            onward.value == result.value && Set(onward.conflicts.map(\.name)) == names,
            "over the base to go on from, nothing changes"
        )
        again.base = versions.theirs
        let settled = again.result()
        try expect(
            settled.isComplete && same(settled.value, result.value),
            "over theirs, the merged document is mine's own"
        )
    }

    private static func checkSettling(_ versions: Versions) throws(BrokenLaw) {
        let all = Set(versions.result().conflicts.map(\.name))
        for decision in [MergeDecision.theirs, .value("settled")] {
            var asked: Set<JSONPointer> = []
            var accepted: Set<JSONPointer> = []
            let result = versions.result { conflict in
                asked.insert(conflict.name)
                if case .value(let value) = decision, !conflict.accepts(value) { return decision }
                accepted.insert(conflict.name)
                return decision
            }
            try expect(asked == all, "just the conflicts are asked about")
            let settled = Set(result.settled.map(\.conflict.name))
            try expect(settled == accepted, "what was decided and can be is settled")
            try expect(
                Set(result.conflicts.map(\.name)) == all.subtracting(accepted),
                "what was settled is no conflict any more"
            )
            var again = versions
            (again.base, again.mine) = (result.base, result.value)
            try expect(
                again.result().value == result.value,
                "what was settled stays so over the base to go on from"
            )
        }
    }

    private static func same(_ one: JSONValue?, _ other: JSONValue?) -> Bool {
        one?.serialized() == other?.serialized()
    }
}
