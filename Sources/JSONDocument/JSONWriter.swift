extension JSONValue {
    /// The JSON text in UTF-8. Controls, lone surrogates, U+FFFE and U+FFFF are escaped, so that
    /// XML 1.0 can carry the rest.
    public func serialized(_ layout: JSONLayout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self)
        return writer.output
    }

    /// The JSON text.
    public func text(_ layout: JSONLayout = .compact) -> String {
        String(decoding: serialized(layout), as: UTF8.self)
    }
}

/// Writes values into one buffer.
struct JSONWriter {
    private(set) var output: [UInt8] = []
    private let layout: JSONLayout
    private var depth = 0

    init(layout: JSONLayout) { self.layout = layout }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(true): output.append(contentsOf: "true".utf8)
        case .bool(false): output.append(contentsOf: "false".utf8)
        case .number(let number): write(number.literal)
        case .string(let string): write(string)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        output.append(UInt8(ascii: "["))
        depth += 1
        for index in elements.indices {
            separate(isFirst: index == 0)
            write(elements[index])
        }
        depth -= 1
        if !elements.isEmpty { breakLine() }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        output.append(UInt8(ascii: "{"))
        depth += 1
        for position in object.indices {
            separate(isFirst: position == 0)
            let (name, value) = object[position]
            write(name)
            output.append(UInt8(ascii: ":"))
            if layout == .indented { output.append(UInt8(ascii: " ")) }
            write(value)
        }
        depth -= 1
        if !object.isEmpty { breakLine() }
        output.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func separate(isFirst: Bool) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        breakLine()
    }

    @inline(__always)
    private mutating func breakLine() {
        guard layout == .indented else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func write(_ literal: String) {
        var literal = literal
        literal.withUTF8 { output.append(contentsOf: $0) }
    }

    private mutating func write(_ string: JSONString) {
        output.append(UInt8(ascii: "\""))
        string.withBytes { write($0) }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var index = 0
        while index < bytes.count {
            guard Self.mayNeedEscape[Int(bytes[index])] else {
                index &+= 1
                continue
            }
            guard let escape = Self.escape(bytes, at: index) else {
                index &+= 1
                continue
            }
            output.append(contentsOf: bytes[start..<index])
            output.append(contentsOf: escape.text.utf8)
            index += escape.length
            start = index
        }
        output.append(contentsOf: bytes[start...])
    }

    /// The bytes at which an escape may have to start.
    private static let mayNeedEscape: [Bool] = (0..<256).map { byte in
        byte < 0x20 || [0x22, 0x5C, 0x7F, 0xC2, 0xED, 0xEF].contains(byte)
    }

    /// The escape for what starts at an index, and how many bytes it stands for.
    private static func escape(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at index: Int
    ) -> (text: String, length: Int)? {
        func byte(_ distance: Int) -> UInt8 {
            index + distance < bytes.count ? bytes[index + distance] : 0
        }
        switch byte(0) {
        case UInt8(ascii: "\""): return ("\\\"", 1)
        case UInt8(ascii: "\\"): return ("\\\\", 1)
        case UInt8(ascii: "\n"): return ("\\n", 1)
        case UInt8(ascii: "\r"): return ("\\r", 1)
        case UInt8(ascii: "\t"): return ("\\t", 1)
        case 0x08: return ("\\b", 1)
        case 0x0C: return ("\\f", 1)
        case 0..<0x20, 0x7F: return (unicodeEscape(UInt16(byte(0))), 1)
        // U+0080 to U+009F, which XML 1.0 discourages.
        case 0xC2 where byte(1) < 0xA0: return (unicodeEscape(UInt16(byte(1))), 2)
        // Surrogates, which only ever stand alone here.
        case 0xED where byte(1) >= 0xA0:
            return (unicodeEscape(0xD000 | UInt16(byte(1) & 0x3F) << 6 | UInt16(byte(2) & 0x3F)), 3)
        case 0xEF where byte(1) == 0xBF && byte(2) >= 0xBE:
            return (unicodeEscape(byte(2) == 0xBE ? 0xFFFE : 0xFFFF), 3)
        default: return nil
        }
    }

    private static func unicodeEscape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
