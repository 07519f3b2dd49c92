/// Which member tells the elements of an array apart.
public struct MergeIdentities: Hashable, Sendable {
    /// The member's name where no other is given.
    public var standard: JSONString
    /// The member's name for the arrays at those pointers. In an array on the way the token `-`
    /// stands for every element: `/groups/-/members`.
    public var exceptions: [JSONPointer: JSONString]

    /// The identities of those names.
    public init(standard: JSONString = "id", exceptions: [JSONPointer: JSONString] = [:]) {
        self.standard = standard
        self.exceptions = exceptions
    }

    /// The member that tells the elements of the array at a place apart.
    func member(at steps: [MergePath.Step]) -> JSONString {
        let exception = exceptions.filter { pointer, _ in
            pointer.tokens.count == steps.count && pointer.covers(steps)
        }
        return exception.max { $0.key.isLessExact(than: $1.key) }?.value ?? standard
    }
}
