/// The XML form of both commands (PROTOCOL, "XML form").
public struct XMLForm: Sendable {
    /// The names of the JSON mapping.
    public var mapping: PayloadMapping

    /// The form with that mapping.
    public init(mapping: PayloadMapping = PayloadMapping()) { self.mapping = mapping }

    /// The request's body in UTF-8.
    public func encode(_ request: ArmRequest) throws(MessageError) -> [UInt8] { [] }

    /// Reads a response body to that request.
    public func decode(
        _ body: [UInt8], answering request: ArmRequest
    ) throws(MessageError) -> ArmResponse {
        throw MessageError(message: "not built yet")
    }
}
