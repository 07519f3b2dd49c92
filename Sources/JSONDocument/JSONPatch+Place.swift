extension JSONValue {
    /// The patch that changes what `set(_:at:creatingParents:)` changes, and no more: empty where
    /// the value there is equal. What lies elsewhere is not looked at, however large it is.
    ///
    /// - Throws: what `set` throws.
    public func patch(
        setting value: JSONValue,
        at pointer: JSONPointer,
        creatingParents: Bool = false
    ) throws(JSONPointerError) -> JSONPatch {
        let after = try replacing(pointer, with: value, creatingParents: creatingParents)
        var difference = JSONDifference()
        difference.compare(self, after, along: pointer.tokens[...])
        return JSONPatch(difference.operations)
    }

    /// The patch that takes out the member or element at a pointer: that one, where others are
    /// equal to it.
    ///
    /// - Throws: what `remove` throws.
    public func patch(removing pointer: JSONPointer) throws(JSONPointerError) -> JSONPatch {
        var after = self
        try after.remove(at: pointer)
        return JSONPatch([.remove(pointer)])
    }
}
