/// Names, attributes and character data.
extension XMLReader {
    enum Place {
        case attribute
        case text
    }

    mutating func name() throws(XMLProblem) -> String {
        let bytes = cursor.take { byte in
            !XMLCursor.isSpace(byte) && !"</>=?'\"&".utf8.contains(byte)
        }
        let name = String(decoding: bytes, as: UTF8.self)
        guard XMLCharacters.isQualifiedName(name) else {
            throw XMLProblem(message: "\(name.debugDescription) is no name")
        }
        return name
    }

    /// Attributes up to the end of the tag, each after white space.
    mutating func attributes() throws(XMLProblem) -> [Attribute] {
        var attributes: [Attribute] = []
        while cursor.skipSpace(), let next = cursor.next, !"/>?".utf8.contains(next) {
            let name = try name()
            _ = cursor.skipSpace()
            guard cursor.skip("=") else {
                throw XMLProblem(message: "the attribute \(name) has no value")
            }
            _ = cursor.skipSpace()
            guard let quote = cursor.next, cursor.skip("\"") || cursor.skip("'") else {
                throw XMLProblem(message: "the value of \(name) has no quotes")
            }
            let value = try characters(until: quote, in: .attribute)
            guard cursor.skip("\"") || cursor.skip("'") else {
                throw XMLProblem(message: "the value of \(name) is not closed")
            }
            attributes.append(Attribute(name: name, value: String(decoding: value, as: UTF8.self)))
        }
        return attributes
    }

    /// Characters with references replaced and white space normalised, as XML 1.0 has it in 2.11 and
    /// 3.3.3.
    mutating func characters(until end: UInt8, in place: Place) throws(XMLProblem) -> [UInt8] {
        var characters: [UInt8] = []
        while true {
            characters += cursor.take { byte in
                byte != end && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<")
                    && byte != UInt8(ascii: "]") && (byte >= 0x20 || byte == 0x0A && place == .text)
            }
            guard let next = cursor.next, next != end else { return characters }
            if next == UInt8(ascii: "&") {
                characters += try reference().utf8
            } else if cursor.stands(before: "]]>") && place == .text {
                throw XMLProblem(message: "]]> stands outside of a CDATA section")
            } else if cursor.skip("]") {
                characters.append(next)
            } else if cursor.skip("\r\n") || cursor.skip("\r") || cursor.skip("\n") {
                characters.append(place == .text ? 0x0A : 0x20)
            } else if cursor.skip("\t") {
                characters.append(place == .text ? next : 0x20)
            } else {
                throw XMLProblem(message: "< stands in the value of an attribute")
            }
        }
    }

    static func withNormalLineEnds(_ section: ArraySlice<UInt8>) -> [UInt8] {
        var normal: [UInt8] = []
        var previous: UInt8 = 0
        for byte in section {
            if byte == 0x0D {
                normal.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                normal.append(byte)
            }
            previous = byte
        }
        return normal
    }

    private mutating func reference() throws(XMLProblem) -> String {
        _ = cursor.skip("&")
        let bytes = cursor.take { byte in
            byte != UInt8(ascii: ";") && byte != UInt8(ascii: "<") && !XMLCursor.isSpace(byte)
        }
        let name = String(decoding: bytes, as: UTF8.self)
        guard cursor.skip(";"), let text = XMLCharacters.text(ofReference: name) else {
            throw XMLProblem(message: "&\(name.prefix(40)) is no reference that is known")
        }
        return text
    }
}
