public import JSONDocument

extension PayloadMapping {
    /// Throws unless that document can be sent in that form under these names and be read back, in
    /// either encoding: the check to make when an edit is accepted, rather than when it is sent.
    ///
    /// - Parameter sizeBound: at least as many bytes as the document takes as compact JSON, where it
    ///   came of a document that passed, by a patch. While that is certain to fit, nothing is
    ///   measured.
    /// - Returns: such a bound for this document; nil where the next one is to be looked at as a
    ///   whole.
    @discardableResult
    public func validate(
        _ document: JSONValue,
        as form: PayloadForm,
        sizeBound: Int? = nil
    ) throws(MessageError) -> Int? {
        let envelope = Envelope(mapping: self)
        switch form {
        case .json:
            if let sizeBound, sizeBound <= DocumentLimits.certain {
                try envelope.checkNames()
                return sizeBound
            }
            return try envelope.jsonText(of: document).count
        case .nodes:
            _ = try envelope.nodesElement(document)
            return nil
        }
    }
}
