extension JSONValue {
    /// The JSON text in UTF-8. Controls, lone surrogates, U+FFFE and U+FFFF are escaped, so that
    /// XML 1.0 can carry the rest.
    public func serialized(_ layout: JSONLayout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self)
        return writer.output
    }

    /// Writes the compact JSON text behind those bytes.
    package func append(to bytes: inout [UInt8]) {
        var writer = JSONWriter(layout: .compact)
        // Exchanged, not copied: a line is made of many values.
        swap(&writer.output, &bytes)
        writer.write(self)
        swap(&writer.output, &bytes)
    }

    /// The JSON text.
    public func text(_ layout: JSONLayout = .compact) -> String {
        String(decoding: serialized(layout), as: UTF8.self)
    }
}

/// Writes values into one buffer.
struct JSONWriter {
    fileprivate(set) var output: [UInt8] = []
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
            let slot = object.slot(at: position)
            write(object.slots[slot].name)
            output.append(UInt8(ascii: ":"))
            if layout == .indented { output.append(UInt8(ascii: " ")) }
            write(object.slots[slot].value)
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

    /// Bytes in place, because only those are copied in one go.
    private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var index = 0
        while let suspect = Self.suspect(in: bytes, from: index) {
            guard let escape = JSONEscape(bytes, at: suspect) else {
                index = suspect + 1
                continue
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<suspect]))
            output.append(contentsOf: escape.text.utf8)
            index = suspect + escape.length
            start = index
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    /// Where the next escape may have to stand.
    @inline(__always)
    private static func suspect(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while true {
            while index &+ 8 <= bytes.count {
                let special = JSONScan.special(
                    raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                )
                guard special == 0 else {
                    index &+= special.trailingZeroBitCount / 8
                    break
                }
                index &+= 8
            }
            // Up to the next ASCII byte that stands for itself, from where words are tried again.
            while index < bytes.count {
                let byte = bytes[index]
                if JSONEscape.mayStart(with: byte) { return index }
                index &+= 1
                if byte < 0x80, index &+ 8 <= bytes.count { break }
            }
            guard index < bytes.count else { return nil }
        }
    }
}
