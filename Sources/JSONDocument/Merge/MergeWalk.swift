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
    /// Whether a member that holds parts and is not there counts as one without parts.
    private let dividesMissing: Bool
    private(set) var conflicts: [MergeConflict] = []
    private(set) var settled: [MergeResult.Settled] = []
    private var way: [Stop] = []

    init(
        identities: MergeIdentities,
        contests: Bool = false,
        dividesMissing: Bool = false,
        decide: @escaping (MergeConflict) -> MergeDecision
    ) {
        self.identities = identities
        self.contests = contests
        self.dividesMissing = dividesMissing
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
        case (let base?, nil, let theirs?) where dividesMissing:
            mergeMissing(base, nil, theirs)
        case (let base?, let mine?, nil) where dividesMissing:
            mergeMissing(base, mine, nil)
        default: mergeWhole(base, mine, theirs)
        }
    }

    /// Merges a member that one side lacks part by part; it is there where parts are left.
    private mutating func mergeMissing(
        _ base: JSONValue,
        _ mine: JSONValue?,
        _ theirs: JSONValue?
    ) -> MergedValue {
        guard case .member? = way.last?.step else { return mergeWhole(base, mine, theirs) }
        let merged: JSONValue?
        switch (base, mine ?? base.withoutParts, theirs ?? base.withoutParts) {
        case (.object(let base), .object(let mine), .object(let theirs)):
            merged = mergeObjects(base, mine, theirs).value(.object(mine), .object(theirs))
        case (.array(let base), .array(let mine), .array(let theirs)):
            let versions = ArrayVersions(base: base, mine: mine, theirs: theirs)
            merged = mergeArrays(versions).value(.array(mine), .array(theirs))
        default: return mergeWhole(base, mine, theirs)
        }
        return MergedValue(.neither(merged == merged?.withoutParts ? nil : merged))
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

extension JSONValue {
    /// The same kind of value with nothing in it; nil for one that has no parts.
    fileprivate var withoutParts: JSONValue? {
        switch self {
        case .object: .object(JSONObject())
        case .array: .array([])
        case .null, .bool, .number, .string: nil
        }
    }
}
