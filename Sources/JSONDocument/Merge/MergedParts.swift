/// Gathers how the parts of a value were merged that stand alike in mine and theirs.
struct MergedParts {
    /// Another value at an index, nil where the part goes.
    struct Change {
        var index: Int
        var value: JSONValue?
    }

    /// What differs from mine.
    private var changes: [Change] = []
    /// What of the base differs from theirs.
    private var kept: [Change] = []
    private var isMine = true
    private var isTheirs = true

    mutating func add(
        _ part: MergedValue,
        _ myIndex: Int,
        _ theirIndex: Int,
        _ mine: JSONValue,
        _ theirs: JSONValue
    ) {
        switch part.origin {
        case .both: break
        case .mine: isTheirs = false
        case .theirs:
            isMine = false
            changes.append(Change(index: myIndex, value: theirs))
        case .neither(let value):
            isMine = false
            isTheirs = false
            changes.append(Change(index: myIndex, value: value))
        }
        if case .kept(let value) = part.base {
            kept.append(Change(index: theirIndex, value: value))
        }
    }

    /// The whole, put together by one of the functions only where it is neither side's.
    func finished(
        merged: ([Change]) -> JSONValue,
        base: ([Change]) -> JSONValue
    ) -> MergedValue {
        let origin: MergedValue.Origin =
            switch (isMine, isTheirs) {
            case (true, true): .both
            case (true, false): .mine
            case (false, true): .theirs
            case (false, false): .neither(merged(changes))
            }
        return MergedValue(origin, base: kept.isEmpty ? .theirs : .kept(base(kept)))
    }
}
