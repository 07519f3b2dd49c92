/// One walk over three versions at once.
///
/// Nothing is compared as a whole that is walked through afterwards, so that the walk stays linear
/// however deep the document is.
struct MergeWalk {
    /// A step on the way to the values that are being merged, and the way there once it is needed.
    private struct Stop {
        var step: MergePath.Step
        var trail: MergePath.Trail?
    }

    private let identities: MergeIdentities
    private let decide: (MergeConflict) -> MergeDecision
    /// Whether what mine alone changed is a conflict, too.
    let contests: Bool
    private(set) var conflicts: [MergeConflict] = []
    private(set) var settled: [MergeResult.Settled] = []
    private var way: [Stop] = []

    init(
        identities: MergeIdentities,
        contests: Bool = false,
        decide: @escaping (MergeConflict) -> MergeDecision
    ) {
        self.identities = identities
        self.contests = contests
        self.decide = decide
    }

    /// A walk that only looks, from where this one is.
    var probe: MergeWalk {
        var probe = MergeWalk(identities: identities) { _ in .hold }
        probe.way = way
        return probe
    }

    /// The member that tells the elements of the array at this place apart.
    var identityMember: JSONString {
        identities.exceptions.isEmpty
            ? identities.standard : identities.member(at: way.map(\.step))
    }

    mutating func merge(
        _ base: JSONValue?,
        _ mine: JSONValue?,
        _ theirs: JSONValue?
    ) -> MergedValue {
        switch (base, mine, theirs) {
        case (.object(let base), .object(let mine), .object(let theirs)):
            mergeObjects(base, mine, theirs)
        case (nil, .object(let mine), .object(let theirs)):
            mergeObjects(JSONObject(), mine, theirs)
        case (.array(let base), .array(let mine), .array(let theirs)):
            mergeArrays(ArrayVersions(base: base, mine: mine, theirs: theirs))
        case (nil, .array(let mine), .array(let theirs)):
            mergeArrays(ArrayVersions(base: nil, mine: mine, theirs: theirs))
        default: mergeWhole(base, mine, theirs)
        }
    }

    /// Merges what has no parts, or whose parts do not correspond.
    mutating func mergeWhole(
        _ base: JSONValue?,
        _ mine: JSONValue?,
        _ theirs: JSONValue?
    ) -> MergedValue {
        if !contests || mine == theirs,
            let merged = MergedValue(unlessConflict: base, mine, theirs)
        {
            return merged
        }
        return conflict(base, mine, theirs)
    }

    /// Merges what both sides changed differently.
    mutating func conflict(
        _ base: JSONValue?,
        _ mine: JSONValue?,
        _ theirs: JSONValue?
    ) -> MergedValue {
        let conflict = MergeConflict(
            path: MergePath(trail: trail()),
            base: base,
            mine: mine,
            theirs: theirs
        )
        let decision = decide(conflict)
        let origin: MergedValue.Origin
        switch decision {
        case .mine: origin = .mine
        case .theirs: origin = .theirs
        case .value(let value) where conflict.accepts(value): origin = .neither(value)
        case .hold, .value:
            conflicts.append(conflict)
            return MergedValue(.mine, base: .kept(contests ? mine : base))
        }
        settled.append(MergeResult.Settled(conflict: conflict, decision: decision))
        return MergedValue(origin)
    }

    /// Merges what lies one step further.
    mutating func merge(
        at step: MergePath.Step,
        _ base: JSONValue?,
        _ mine: JSONValue?,
        _ theirs: JSONValue?
    ) -> MergedValue {
        way.append(Stop(step: step))
        defer { way.removeLast() }
        return merge(base, mine, theirs)
    }

    /// The way to this place, of which each part is made once.
    private mutating func trail() -> MergePath.Trail {
        let known = way.lastIndex { $0.trail != nil } ?? -1
        var trail = known < 0 ? .start : way[known].trail ?? .start
        for index in way.indices.dropFirst(known + 1) {
            trail = .step(trail, way[index].step)
            way[index].trail = trail
        }
        return trail
    }
}
