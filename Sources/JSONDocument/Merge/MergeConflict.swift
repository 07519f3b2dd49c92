/// A place that mine and theirs changed differently.
public struct MergeConflict: Hashable, Sendable {
    /// Where it is.
    public var path: MergePath
    /// What was there before, nil where nothing was.
    public var base: JSONValue?
    /// What mine has there, nil where nothing is.
    public var mine: JSONValue?
    /// What theirs has there, nil where nothing is.
    public var theirs: JSONValue?

    /// The name of the place, the same in every version: `/reports/{id=7}/title`.
    public var name: JSONPointer { path.name }

    /// The place in mine, nil where mine lacks that element.
    public var minePointer: JSONPointer? { path.pointer(\.mine) }

    /// The place in theirs, nil where theirs lacks that element.
    public var theirsPointer: JSONPointer? { path.pointer(\.theirs) }

    /// Whether the pointer leads to this place or to something around it, given by name
    /// (`/reports/{id=7}`) or as a place in mine (`/reports/0`).
    public func isAtOrInside(_ pointer: JSONPointer) -> Bool {
        name.isAtOrInside(pointer) || minePointer?.isAtOrInside(pointer) == true
    }

    /// Whether a value can settle this conflict: one that would nest the document deeper than
    /// ``JSONValue/depthLimit`` cannot, nor can an element without its identity.
    public func accepts(_ value: JSONValue) -> Bool {
        let steps = path.steps
        if case .element(let element) = steps.last, value[element.key] != element.identity {
            return false
        }
        return value.isWithin(depth: JSONValue.depthLimit - steps.count)
    }
}
