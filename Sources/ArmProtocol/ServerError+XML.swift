import JSONDocument

extension ServerError {
    /// Where the code may stand, best first: the schema of the element is not public.
    private static let names: [JSONString] = ["code", "name", "type", "reason", "error"]

    /// Reads an `error` element of any shape; `unknown` where it says nothing at all.
    init(_ element: XMLElement) {
        var text: [UInt8] = []
        element.write(into: &text)
        self.init(
            code: Self.code(of: element) ?? "unknown",
            element: XMLText.prefix(of: text, limit: XMLLimits.errorElement)
        )
    }

    /// Attributes count under their whole name only: `xs:type` and `xmlns:name` are not about the
    /// error.
    private static func code(of element: XMLElement) -> String? {
        for name in names {
            if let attribute = element.attributes.first(where: { $0.name == name }),
                let code = line(attribute.value.bytes)
            {
                return code
            }
            for child in element.elements(named: name) {
                if let code = code(of: child) { return code }
            }
        }
        return line(element.text)
    }

    /// The text in one line, without white space around it and without controls, which a terminal
    /// might obey; nil where nothing is left.
    private static func line(_ bytes: [UInt8]) -> String? {
        let start = Array(bytes.drop(while: \.isXMLWhiteSpace).prefix(XMLLimits.errorElement))
        let words = String(decoding: start, as: UTF8.self).unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        guard !words.isEmpty else { return nil }
        let line = Array(words.map(String.init).joined(separator: " ").utf8)
        return XMLText.prefix(of: line, limit: XMLLimits.errorCode)
    }
}
