import JSONDocument

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

    /// The request's body in UTF-8, with an XML declaration.
    ///
    /// `.absent` writes no `user_data` element, `.empty` writes an empty one.
    ///
    /// - Throws: where an id breaks the rule of `Identifier`, a document is over `DocumentLimits`, a
    ///   nodes document is no node tree (the message has the JSON pointer), or the data is foreign.
    public func encode(_ request: ArmRequest) throws(MessageError) -> [UInt8] {
        let element = try Envelope(mapping: mapping).element(for: request)
        var body = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        element.write(into: &body)
        return body
    }

    /// Reads a response body, whatever the HTTP status was, as the answer to that request.
    ///
    /// - Throws: where the body is no answer to it; the message says what it looks like instead
    ///   (an HTML page, XML cut short). Such a body says nothing about what the server did.
    public func decode(
        _ body: [UInt8],
        answering request: ArmRequest
    ) throws(MessageError) -> ArmResponse {
        try Envelope(mapping: mapping).response(in: ExpatParser.parse(body), to: request)
    }
}
