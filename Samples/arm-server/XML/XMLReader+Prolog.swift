/// What stands around elements and is not data.
extension XMLReader {
    /// The XML declaration, if there is one. Its encoding has to be the one the bytes are in.
    mutating func declaration() throws(XMLProblem) {
        guard
            cursor.stands(before: "<?xml ") || cursor.stands(before: "<?xml\t")
                || cursor.stands(before: "<?xml\n") || cursor.stands(before: "<?xml\r")
        else { return }
        _ = cursor.skip("<?xml")
        let parts = try attributes()
        let order = ["version", "encoding", "standalone"]
        let places = parts.map { order.firstIndex(of: $0.name) ?? -1 }
        let values = parts.map(\.value)
        guard places == Array(Set(places)).sorted(), places.first == 0, cursor.skip("?>"),
            values[0].hasPrefix("1."), values[0].dropFirst(2).utf8.allSatisfy(Self.isDigit),
            values[0].utf8.count > 2,
            places.last != 2 || ["yes", "no"].contains(values[values.count - 1])
        else { throw XMLProblem(message: "the XML declaration is not well-formed") }
        let encoding = parts.first { $0.name == "encoding" }?.value ?? "UTF-8"
        guard encoding.uppercased() == "UTF-8" else {
            throw XMLProblem(message: "the message declares an encoding other than UTF-8")
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// White space, comments and processing instructions.
    mutating func miscellany() throws(XMLProblem) {
        repeat {
            _ = cursor.skipSpace()
            guard cursor.stands(before: "<!") || cursor.stands(before: "<?") else { return }
            try commentOrInstruction()
        } while true
    }

    mutating func commentOrInstruction() throws(XMLProblem) {
        if cursor.skip("<!--") {
            guard cursor.take(through: "--") != nil, cursor.skip(">") else {
                throw XMLProblem(message: "a comment is not well-formed")
            }
        } else if cursor.skip("<?") {
            let target = try name()
            guard target.lowercased() != "xml", cursor.stands(before: "?>") || cursor.skipSpace(),
                cursor.take(through: "?>") != nil
            else { throw XMLProblem(message: "a processing instruction is not well-formed") }
        } else {
            throw XMLProblem(message: "document type declarations are refused")
        }
    }
}
