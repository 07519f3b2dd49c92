/// Why bytes are not JSON, and where.
public struct JSONParseError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String
    /// Bytes before the place.
    public var offset: Int
    /// Line, from 1.
    public var line: Int
    /// Column in code points, from 1.
    public var column: Int

    /// The error of a failure in those bytes.
    init(_ failure: JSONParser.Failure, in bytes: Span<UInt8>) {
        message = failure.message
        offset = failure.offset
        line = 1
        column = 1
        for index in 0..<min(offset, bytes.count) {
            if bytes[index] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if bytes[index] & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
        }
    }
}

extension JSONParseError: CustomStringConvertible {
    /// The place and the message.
    public var description: String { "line \(line), column \(column): \(message)" }
}
