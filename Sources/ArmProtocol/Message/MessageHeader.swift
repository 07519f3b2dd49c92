/// The fixed fields in front of a message: all of them digits, so that no two readings are possible.
enum MessageHeader {
    /// The version that is written, and the only one that is read.
    static let version = Array("01".utf8)
    /// Digits of the length of the whole message, and where they stand.
    static let length = 2..<12
    /// Digits of the sequence number, and where they stand.
    static let sequence = 12..<16
    /// A request goes on with its command's name, in so many bytes.
    static let command = 16..<48
    /// An answer goes on with its status.
    static let status = 16..<19

    /// The header of a request whose body has that length.
    static func request(
        _ name: String,
        padding: MessagePadding,
        sequence number: Int,
        bodyLength: Int
    ) -> [UInt8] {
        var header = version
        header += digits(command.upperBound + bodyLength, count: length.count)
        header += digits(number, count: sequence.count)
        header += name.utf8
        header += repeatElement(padding.byte, count: command.upperBound - header.count)
        return header
    }

    /// The status of an answer whose header is sound.
    static func status(
        ofAnswer message: [UInt8],
        length unit: MessageLength
    ) throws(MessageError) -> Int {
        guard message.count >= status.upperBound else {
            throw MessageError(message: "a message of \(message.count) bytes, cut short")
        }
        guard message.starts(with: version) else {
            throw MessageError(message: "a message that is not of version 01")
        }
        guard let size = number(message[length]), number(message[sequence]) != nil else {
            throw MessageError(message: "a message whose length or number is no number")
        }
        let actual = unit.count(in: message)
        guard size == actual else {
            throw MessageError(
                message: "a message of \(actual) \(unit.rawValue) that claims to have \(size)"
            )
        }
        guard let status = number(message[status]) else {
            throw MessageError(message: "a message without a status of three digits")
        }
        return status
    }

    /// Whether a command's name follows the numbers, as in a request and in what a server sends of
    /// its own accord.
    static func hasCommand(_ message: [UInt8]) -> Bool {
        guard message.count > command.lowerBound else { return false }
        switch message[command.lowerBound] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return true
        default: return false
        }
    }

    /// The number in so many digits, or nil where they are not all digits.
    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = 10 * number + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    private static func digits(_ number: Int, count: Int) -> [UInt8] {
        let digits = Array(String(number).utf8)
        return repeatElement(UInt8(ascii: "0"), count: count - digits.count) + digits
    }
}
