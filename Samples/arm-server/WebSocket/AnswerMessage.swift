/// A reply as one message: a version, the length, the request's sequence number, a status, and the
/// nodes as JSON, or a page's text where they are none.
struct AnswerMessage: Sendable {
    static let headerLength = 19

    let bytes: [UInt8]

    init(_ reply: Reply, to number: Int) {
        var (number, version) = (number, RequestMessage.version)
        var body = Self.body(of: reply)
        if reply.shape == .half { body = Array(body.prefix(body.count / 2)) }
        var length = Self.headerLength + body.count
        switch reply.carriage {
        case .wrongNumber(let wrong): number = wrong ?? (number + 5000) % 10_000
        case .wrongLength: length += 1
        case .wrongVersion: version = "99"
        default: break
        }
        let header =
            version + Self.digits(length, RequestMessage.lengthDigits)
            + Self.digits(number, RequestMessage.numberDigits) + Self.digits(reply.status, 3)
        bytes = Array(header.utf8) + body
    }

    /// A number in so many digits, zeros in front.
    static func digits(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    private static func body(of reply: Reply) -> [UInt8] {
        guard case .message(let root) = reply.content else {
            if case .page(let text, _) = reply.content { return Array(text.utf8) }
            return []
        }
        switch reply.shape {
        case .faithful, .half, .truncated, .doctype:
            return NodeWriter.document(root)
        case .large(let byteCount):
            let whole = NodeWriter.document(root)
            let padding = max(0, byteCount - whole.count - headerLength)
            return whole + [UInt8](repeating: UInt8(ascii: " "), count: padding)
        case .deep(let levels):
            return deep(root, levels)
        }
    }

    /// Written flat: so many levels would exhaust the stack of whoever walks them.
    private static func deep(_ root: Element, _ levels: Int) -> [UInt8] {
        var bytes = Array("[".utf8) + NodeWriter.start(root)
        for name in ["response", "user_data"] { bytes += NodeWriter.start(Element(name: name)) }
        for _ in 1..<levels { bytes += NodeWriter.start(Element(name: "n")) }
        bytes += #"{"_name":"n"}"#.utf8
        for _ in 0..<levels + 2 { bytes += "]}".utf8 }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
