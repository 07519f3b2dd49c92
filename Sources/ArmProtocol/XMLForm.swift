public import JSONDocument

/// The XML form of both commands, as it goes over HTTP.
///
/// A request is valid against the server's schema. A response is read tolerantly where nothing can
/// go wrong (prefixes, encodings, unknown siblings) and strictly where a wrong guess would lose
/// data.
public struct XMLForm: Sendable {
    /// The names of the JSON mapping.
    public var mapping: PayloadMapping

    /// The form with that mapping.
    public init(mapping: PayloadMapping = PayloadMapping()) { self.mapping = mapping }

    private var envelope: Envelope { Envelope(mapping: mapping) }

    /// The request's body in UTF-8, with an XML declaration.
    ///
    /// `.absent` writes no `user_data` element, `.empty` writes an empty one.
    ///
    /// - Throws: where an id breaks the rule of `Identifier`, a document is over `DocumentLimits`, a
    ///   nodes document is no node tree (the message has the JSON pointer), or the data is foreign.
    public func encode(_ request: ArmRequest) throws(MessageError) -> [UInt8] {
        let element = try envelope.element(for: request)
        var body = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        element.write(into: &body)
        return body
    }

    /// Throws unless that document can be sent in that form and read back: the check to make when an
    /// edit is accepted, rather than when it is sent.
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

    /// Reads a response body, whatever the HTTP status was, as the answer to that request.
    ///
    /// - Throws: where the body is no answer to it; the message says what it looks like instead
    ///   (an HTML page, XML cut short). Such a body says nothing about what the server did.
    public func decode(
        _ body: [UInt8],
        answering request: ArmRequest
    ) throws(MessageError) -> ArmResponse {
        try envelope.response(in: ExpatParser.parse(body), to: request)
    }
}
