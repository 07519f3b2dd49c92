import JSONDocument

/// The JSON form of both commands, as it goes over a WebSocket: one message a request, one an answer.
///
/// It says what the XML form says, in another encoding: a document that can be sent in the one can
/// be sent in the other. The layout, and which parts of it are guesses: <doc:WireContract>.
public struct MessageForm: Sendable {
    /// Bytes of a whole message, header included: 16 MiB.
    public static let largestMessage = DocumentLimits.responseBody
    /// The numbers that a request may bear. They start over after the last.
    public static let sequenceNumbers = 0...9999

    /// The names of the JSON mapping.
    public var mapping: PayloadMapping
    /// What fills the command's name up.
    public var padding: MessagePadding
    /// What a header's length counts.
    public var length: MessageLength

    /// The form with that mapping, and what is guessed of the header.
    public init(
        mapping: PayloadMapping = PayloadMapping(),
        padding: MessagePadding = .spaces,
        length: MessageLength = .bytes
    ) {
        self.mapping = mapping
        self.padding = padding
        self.length = length
    }

    /// The whole message: header and compact JSON in UTF-8.
    ///
    /// - Parameter sequence: one of `sequenceNumbers`; the answer bears it again.
    /// - Throws: where the XML form would: an id breaks the rule of `Identifier`, a document is over
    ///   `DocumentLimits`, a nodes document is no node tree, or the data is foreign.
    public func encode(
        _ request: ArmRequest,
        sequence: Int
    ) throws(MessageError) -> [UInt8] {
        precondition(Self.sequenceNumbers.contains(sequence), "the header has four digits for it")
        let element = try Envelope(mapping: mapping).element(for: request)
        let body = JSONValue.array([NodeTree.json(of: element)]).serialized()
        let header = MessageHeader.request(
            request.command,
            padding: padding,
            sequence: sequence,
            bodyLength: length.count(in: body)
        )
        return header + body
    }

    /// Reads a message as the answer to that request.
    ///
    /// Spaces and NULs around the JSON are padding. The digits are taken as they stand.
    ///
    /// - Throws: where the header is unusable: cut short, another version, something else than digits,
    ///   a length that is not the message's, or over `largestMessage`. Such a message says nothing
    ///   about what the server did.
    public func decode(
        _ message: [UInt8],
        answering request: ArmRequest
    ) throws(MessageError) -> MessageAnswer {
        if message.count > Self.largestMessage {
            throw MessageError(
                message: "a message of \(message.count) bytes, over the limit of "
                    + "\(Self.largestMessage)"
            )
        }
        let status = try MessageHeader.status(ofAnswer: message, length: length)
        do throws(MessageError) {
            let root = try MessageBody.element(in: message[MessageHeader.status.upperBound...])
            let response = try Envelope(mapping: mapping).response(in: root, to: request)
            return MessageAnswer(status: status, response: .success(response))
        } catch {
            return MessageAnswer(status: status, response: .failure(error))
        }
    }

    /// The sequence number that a message answers, from its first bytes alone: the rest of it may be
    /// broken.
    ///
    /// nil where there is none, or where a command's name follows it: then the message is the server's
    /// own, an event, and its number is not one of ours.
    public static func sequence(of message: [UInt8]) -> Int? {
        guard message.count >= MessageHeader.sequence.upperBound,
            MessageHeader.number(message[..<MessageHeader.sequence.upperBound]) != nil,
            !MessageHeader.hasCommand(message)
        else { return nil }
        return MessageHeader.number(message[MessageHeader.sequence])
    }
}
