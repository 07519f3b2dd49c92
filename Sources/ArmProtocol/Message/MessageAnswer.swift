/// What a message answered: its status, and what its body says where that can be read.
public struct MessageAnswer: Hashable, Sendable {
    /// The three digits of the header, which mean what they mean in HTTP.
    public var status: Int
    /// The answer; a failure where the header is sound and the body is no answer to the request, so
    /// that a bare refusal keeps its status.
    public var response: Result<ArmResponse, MessageError>

    /// An answer with that status.
    public init(status: Int, response: Result<ArmResponse, MessageError>) {
        self.status = status
        self.response = response
    }
}
