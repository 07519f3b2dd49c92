/// A request as one text message: a version, the length, a sequence number, the command's name in a
/// field of fixed width, and the nodes as JSON.
struct RequestMessage: Sendable {
    static let version = "01"
    static let lengthDigits = 10
    static let numberDigits = 4
    static let commandWidth = 32

    var number: Int
    /// As it stands in its field, without the padding.
    var commandName: String
    /// The message, or why the bytes are none.
    var message: Result<Element, Refusal>

    /// Reads a message; one without a readable header cannot even be answered.
    static func read(_ bytes: [UInt8]) throws(MessageProblem) -> RequestMessage {
        var rest = bytes[...]
        guard rest.starts(with: version.utf8) else {
            throw MessageProblem(message: "the version is not \(version)")
        }
        rest = rest.dropFirst(version.utf8.count)
        let length = try takeDigits(lengthDigits, from: &rest)
        let number = try takeDigits(numberDigits, from: &rest)
        let field = rest.prefix(commandWidth)
        rest = rest.dropFirst(commandWidth)
        let end = field.lastIndex { $0 != UInt8(ascii: " ") && $0 != 0 } ?? field.startIndex - 1
        let message = Result { () throws(Refusal) in
            guard length == bytes.count else {
                throw Refusal(
                    reason: "the header says \(length) bytes, the message has \(bytes.count)"
                )
            }
            do throws(MessageProblem) {
                return try NodeReader.element(from: rest)
            } catch {
                throw Refusal(reason: error.message)
            }
        }
        return RequestMessage(
            number: number,
            commandName: String(decoding: field[...end], as: UTF8.self),
            message: message
        )
    }

    private static func takeDigits(
        _ count: Int,
        from rest: inout ArraySlice<UInt8>
    ) throws(MessageProblem) -> Int {
        var value = 0
        for _ in 0..<count {
            guard let byte = rest.popFirst(), (0x30...0x39).contains(byte) else {
                throw MessageProblem(message: "the header is no row of digits")
            }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}

/// Why a message is none that this server takes.
struct MessageProblem: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
