import Testing

/// A text of a table in which `%41` stands for the byte 0x41, so that it can hold any byte.
struct RawBytes: ExpressibleByStringLiteral, CustomTestStringConvertible, Sendable {
    let bytes: [UInt8]
    let testDescription: String

    init(stringLiteral text: String) {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        self.bytes = bytes
        testDescription = text
    }
}
