/// XML text to a tree, by libxml2: the client under test has another parser, so that neither can
/// hide the other's mistakes. UTF-8 only; document type declarations are refused, because entities
/// would let a request read files or grow without limit.
enum XMLReader {
    static func element(from bytes: [UInt8]) throws(XMLProblem) -> Element {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLProblem(message: "the message is not UTF-8")
        }
        try checkProlog(bytes)
        return try XMLTreeBuilder.element(from: bytes)
    }

    /// libxml2 reports neither a declaration without entities nor the encoding it switches to.
    private static func checkProlog(_ bytes: [UInt8]) throws(XMLProblem) {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        while true {
            rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
            if rest.starts(with: "<?".utf8) {
                let instruction = remove(through: "?>", from: &rest).lowercased()
                let namesEncoding =
                    instruction.hasPrefix("<?xml ") && instruction.contains("encoding")
                if namesEncoding && !instruction.contains("utf-8") {
                    throw XMLProblem(message: "the message declares an encoding other than UTF-8")
                }
            } else if rest.starts(with: "<!--".utf8) {
                _ = remove(through: "-->", from: &rest)
            } else if rest.starts(with: "<!".utf8) {
                throw XMLProblem(message: "document type declarations are refused")
            } else {
                return
            }
        }
    }

    private static func remove(through end: String, from rest: inout ArraySlice<UInt8>) -> String {
        let start = rest
        while !rest.isEmpty && !rest.starts(with: end.utf8) { rest.removeFirst() }
        rest = rest.dropFirst(end.utf8.count)
        return String(decoding: start[..<rest.startIndex], as: UTF8.self)
    }
}
