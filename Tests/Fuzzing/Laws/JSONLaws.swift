import JSONDocument

/// The parser takes what RFC 8259 allows and nothing else, and keeps all of what it took.
enum JSONLaws {
    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let reference = ReferenceJSON.read(bytes, maximumDepth: JSONValue.depthLimit)
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            try expect(reference == nil, "what RFC 8259 allows is taken", "\(error)")
            try checkPlace(error, in: bytes)
            return
        }
        guard let reference else {
            throw BrokenLaw(law: "what RFC 8259 does not allow is refused", detail: value.text())
        }
        try checkWriting(value)
        try expect(value.depth <= JSONValue.depthLimit, "no value is deeper than may be")
        // Of names that stand twice only the last value is kept.
        if !reference.repeatsNames {
            let written = ReferenceJSON.read(
                value.serialized(),
                maximumDepth: JSONValue.depthLimit
            )
            try expect(
                written?.tokens == reference.tokens,
                "every literal, string and member is kept, in its order",
                value.text()
            )
        }
    }

    /// What is written is read back, literal for literal, in both layouts.
    static func checkWriting(_ value: JSONValue) throws(BrokenLaw) {
        for layout in [JSONLayout.compact, .indented] {
            let text = value.serialized(layout)
            let back = try succeed("what is written is JSON") { try JSONValue(parsing: text) }
            try expect(back == value && back.isIdentical(to: value), "what is written is read back")
            try expect(back.hashValue == value.hashValue, "equal values have equal hashes")
            try expect(back.serialized(layout) == text, "the same value gives the same text")
        }
    }

    private static func checkPlace(_ error: JSONParseError, in bytes: [UInt8]) throws(BrokenLaw) {
        let lines = 1 + bytes.prefix(error.offset).count { $0 == UInt8(ascii: "\n") }
        try expect(
            0...bytes.count ~= error.offset && error.line == lines && error.column >= 1,
            "an error has a place in the text",
            "\(error), offset \(error.offset)"
        )
        try expect(
            !error.message.isEmpty && error.message.utf8.count < 1000,
            "an error says in a few words what is wrong",
            error.message
        )
    }
}
