extension ThreeWayMerge {
    /// A document with the changes made that lead from one version to another, wherever it has the
    /// first one's values; elsewhere it stays as it is. Nil is the absence of a document.
    ///
    /// Members that hold parts come and go part by part: where a whole list was taken away, what
    /// else the document's list holds stays, and where the document has no list any more, what was
    /// added to it makes a new one.
    public func moving(
        _ document: JSONValue?,
        from old: JSONValue?,
        to new: JSONValue?
    ) -> JSONValue? {
        var walk = MergeWalk(identities: identities, dividesMissing: true) { _ in .theirs }
        return walk.merge(old, new, document).value(new, document)
    }
}
