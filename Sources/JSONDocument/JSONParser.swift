extension JSONValue {
    /// How deep arrays and objects may lie in one another, in a text and after every edit.
    public static let depthLimit = 512

    /// Parses one JSON text (RFC 8259): strict UTF-8, no byte order mark, at most 512 deep.
    ///
    /// Where a name stands twice in an object, the last value stands at the first one's place.
    public init(parsing bytes: [UInt8]) throws(JSONParseError) {
        try self.init(parsing: bytes, maximumDepth: Self.depthLimit)
    }

    /// Parses one JSON text that may be deeper than a document, because it wraps one.
    ///
    /// The stack grows with the depth: a caller adds no more than it wraps.
    package init(parsing bytes: [UInt8], maximumDepth: Int) throws(JSONParseError) {
        var parser = JSONParser(maximumDepth: maximumDepth)
        do {
            self = try parser.document(bytes.span)
        } catch {
            throw JSONParseError(error, in: bytes.span)
        }
    }

    /// Parses one JSON text.
    public init(parsing text: String) throws(JSONParseError) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// A recursive-descent parser. Its depth is limited, and with it the stack it needs.
///
/// The bytes are handed to every function because a span cannot be stored.
struct JSONParser {
    /// What is wrong, and how many bytes come before it.
    struct Failure: Error {
        var message: String
        var offset: Int
    }

    /// The first byte that has not been read.
    var position = 0
    /// How many arrays and objects are open.
    private var depth = 0
    private let maximumDepth: Int
    /// Holds a string with escapes while it is put together.
    var scratch: [UInt8] = []
    /// Whether the last string had escapes, so that the scratch still holds it.
    var wasEscaped = false
    /// How many elements or members the last array or object of each depth had: the next one often
    /// has as many, and then its storage is made once.
    private var sizes: [(elements: Int, members: Int)] = []
    /// The most room that is made by such a guess.
    private static let guessLimit = 64

    init(maximumDepth: Int = JSONValue.depthLimit) { self.maximumDepth = maximumDepth }

    /// The whole text: one value and white space around it.
    mutating func document(_ bytes: Span<UInt8>) throws(Failure) -> JSONValue {
        skipWhitespace(bytes)
        let value = try value(bytes)
        skipWhitespace(bytes)
        guard position == bytes.count else { throw trailing(bytes) }
        return value
    }

    private mutating func value(_ bytes: Span<UInt8>) throws(Failure) -> JSONValue {
        guard position < bytes.count else { throw unexpected(.value, bytes) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "{"): return .object(try object(bytes))
        case UInt8(ascii: "["): return .array(try array(bytes))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = position
            try skipNumber(bytes)
            return .number(JSONNumber(validated: bytes.extracting(start..<position)))
        case UInt8(ascii: "t") where skip("true", bytes): return .bool(true)
        case UInt8(ascii: "f") where skip("false", bytes): return .bool(false)
        case UInt8(ascii: "n") where skip("null", bytes): return .null
        default: throw unexpected(.value, bytes)
        }
    }

    private mutating func array(_ bytes: Span<UInt8>) throws(Failure) -> [JSONValue] {
        try open(bytes)
        if skip(UInt8(ascii: "]"), bytes) {
            depth -= 1
            return []
        }
        var elements: [JSONValue] = []
        elements.reserveCapacity(sizes[depth].elements)
        while true {
            elements.append(try value(bytes))
            skipWhitespace(bytes)
            if skip(UInt8(ascii: ","), bytes) {
                skipWhitespace(bytes)
                continue
            }
            guard skip(UInt8(ascii: "]"), bytes) else { throw unexpected(.arrayEnd, bytes) }
            sizes[depth].elements = min(elements.count, Self.guessLimit)
            depth -= 1
            return elements
        }
    }

    private mutating func object(_ bytes: Span<UInt8>) throws(Failure) -> JSONObject {
        try open(bytes)
        if skip(UInt8(ascii: "}"), bytes) {
            depth -= 1
            return JSONObject()
        }
        var members = JSONObject.Builder(capacity: sizes[depth].members)
        while true {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw unexpected(.name, bytes)
            }
            let opening = position
            let name = try string(bytes)
            let digest =
                wasEscaped
                ? JSONScan.digest(scratch.span)
                : JSONScan.digest(bytes.extracting(opening + 1..<position - 1))
            skipWhitespace(bytes)
            guard skip(UInt8(ascii: ":"), bytes) else { throw unexpected(.colon, bytes) }
            skipWhitespace(bytes)
            members.append(name, digest: digest, try value(bytes))
            skipWhitespace(bytes)
            if skip(UInt8(ascii: ","), bytes) {
                skipWhitespace(bytes)
                continue
            }
            guard skip(UInt8(ascii: "}"), bytes) else { throw unexpected(.objectEnd, bytes) }
            sizes[depth].members = min(members.count, Self.guessLimit)
            depth -= 1
            return members.finish()
        }
    }

    /// Goes into an array or object, past its bracket.
    private mutating func open(_ bytes: Span<UInt8>) throws(Failure) {
        guard depth < maximumDepth else {
            throw Failure(
                message: "arrays and objects lie more than \(maximumDepth) deep here",
                offset: position
            )
        }
        depth += 1
        while sizes.count <= depth { sizes.append((0, 0)) }
        position += 1
        skipWhitespace(bytes)
    }

    @inline(__always)
    private mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                position &+= 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position &+= 1
        return true
    }

    private mutating func skip(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let isThere = word.withUTF8Buffer { word in
            word.indices.allSatisfy { bytes[position + $0] == word[$0] }
        }
        if isThere { position = end }
        return isThere
    }
}
