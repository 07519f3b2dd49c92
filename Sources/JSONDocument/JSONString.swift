/// The text of a JSON string or member name: any sequence of Unicode code points, lone surrogates
/// included.
///
/// Equality, hashing and order are by bytes, never by canonical equivalence: a composed and a
/// decomposed "й" are two different member names, as they are to every other JSON program.
public struct JSONString: Sendable, ExpressibleByStringLiteral {
    /// A Swift string wherever one can hold the text, because short ones then cost no allocation.
    enum Storage: Sendable {
        /// Well-formed text, contiguous UTF-8.
        case wellFormed(String)
        /// Generalised UTF-8 with at least one lone surrogate.
        case loneSurrogates([UInt8])
    }

    let storage: Storage

    /// The string with that text.
    public init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        storage = .wellFormed(text)
    }

    /// The string with that text.
    public init(stringLiteral value: String) { self.init(value) }

    /// The string with those generalised UTF-8 bytes, which the caller has validated.
    package init(validatedBytes bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            storage = .wellFormed(text)
        } else {
            storage = .loneSurrogates(bytes)
        }
    }

    /// The string of bytes that the parser found to be well-formed UTF-8.
    init(wellFormed bytes: Span<UInt8>) {
        storage = .wellFormed(String(copying: UTF8Span(unchecked: bytes)))
    }

    /// Generalised UTF-8 (WTF-8): UTF-8, with a lone surrogate as its three bytes.
    public var bytes: [UInt8] {
        switch storage {
        case .wellFormed(let text): Array(text.utf8)
        case .loneSurrogates(let bytes): bytes
        }
    }

    /// How many bytes `bytes` has, without making them.
    public var byteCount: Int {
        switch storage {
        case .wellFormed(let text): text.utf8.count
        case .loneSurrogates(let bytes): bytes.count
        }
    }

    /// The text; a lone surrogate reads as U+FFFD.
    public var text: String {
        switch storage {
        case .wellFormed(let text): return text
        case .loneSurrogates(let bytes):
            var readable = bytes
            for index in readable.indices where Self.isSurrogate(readable, at: index) {
                readable.replaceSubrange(index..<index + 3, with: [0xEF, 0xBF, 0xBD])
            }
            return String(decoding: readable, as: UTF8.self)
        }
    }

    /// Whether a surrogate's three bytes start there.
    private static func isSurrogate(_ bytes: [UInt8], at index: Int) -> Bool {
        bytes[index] == 0xED && index + 2 < bytes.count && bytes[index + 1] >= 0xA0
    }

    /// Calls with the bytes, in place.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch storage {
        case .wellFormed(var text): text.withUTF8(body)
        case .loneSurrogates(let bytes): bytes.withUnsafeBufferPointer(body)
        }
    }
}

extension JSONString: Hashable, Comparable {
    /// Equality by bytes.
    public static func == (left: JSONString, right: JSONString) -> Bool {
        switch (left.storage, right.storage) {
        case (.wellFormed(let left), .wellFormed(let right)): sameBytes(left, right)
        case (.loneSurrogates(let left), .loneSurrogates(let right)): left == right
        // Each text has one representation only, so these are different texts.
        case (.wellFormed, .loneSurrogates), (.loneSurrogates, .wellFormed): false
        }
    }

    @inline(__always)
    private static func sameBytes(_ left: borrowing String, _ right: borrowing String) -> Bool {
        left.utf8.count == right.utf8.count && sameBytes(left.utf8.span, right.utf8.span)
    }

    private static func sameBytes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        var index = 0
        while index &+ 8 <= left.count {
            // Any eight bytes are a whole number: only the comparison matters.
            let one = left.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let other = right.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard one == other else { return false }
            index &+= 8
        }
        while index < left.count {
            guard left[index] == right[index] else { return false }
            index &+= 1
        }
        return true
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// Order by bytes.
    public static func < (left: JSONString, right: JSONString) -> Bool {
        left.withBytes { left in right.withBytes { left.lexicographicallyPrecedes($0) } }
    }
}
