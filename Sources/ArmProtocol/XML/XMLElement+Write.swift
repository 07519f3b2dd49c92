import JSONDocument

extension XMLElement {
    /// The element as UTF-8 text, from which any XML reader gets this element back.
    ///
    /// Attributes stand in single quotes, because JSON is full of double ones and would grow to
    /// three times its size. The caller has seen to names and characters.
    func write(into output: inout [UInt8]) {
        output.append(UInt8(ascii: "<"))
        output += name.bytes
        for attribute in attributes {
            output.append(UInt8(ascii: " "))
            output += attribute.name.bytes
            output += "='".utf8
            Self.escape(attribute.value.bytes, by: Self.attributeReference, into: &output)
            output.append(UInt8(ascii: "'"))
        }
        guard !content.isEmpty else {
            output += "/>".utf8
            return
        }
        output.append(UInt8(ascii: ">"))
        for piece in content {
            switch piece {
            case .element(let child): child.write(into: &output)
            case .text(let text):
                Self.escape(text.bytes, by: Self.textReference, into: &output)
            }
        }
        output += "</".utf8
        output += name.bytes
        output.append(UInt8(ascii: ">"))
    }

    /// Tab, newline and carriage return would become spaces when the reader normalises the value
    /// (XML 1.0 section 3.3.3); a reference does not.
    private static func attributeReference(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: "'"): "&#39;"
        case 0x09: "&#9;"
        case 0x0A: "&#10;"
        case 0x0D: "&#13;"
        default: nil
        }
    }

    /// `>` because `]]>` may not stand in text, and a carriage return because the reader would make
    /// a newline of it (XML 1.0 section 2.11).
    private static func textReference(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case 0x0D: "&#13;"
        default: nil
        }
    }

    private static func escape(
        _ bytes: [UInt8],
        by reference: (UInt8) -> StaticString?,
        into output: inout [UInt8]
    ) {
        output.reserveCapacity(output.count + bytes.count)
        var start = 0
        for (index, byte) in bytes.enumerated() where byte <= 0x3E {
            guard let reference = reference(byte) else { continue }
            output += bytes[start..<index]
            reference.withUTF8Buffer { output += $0 }
            start = index + 1
        }
        output += bytes[start...]
    }
}
