import JSONDocument

/// How large a document may be, so that everything that can be saved can be read back.
///
/// A response is cut off at 16 MiB. A server is free to write the document it gives back in other
/// words than we did: with attributes in double quotes every `"` takes six bytes, and a list of
/// empty strings (`["","",…]`) grows 4.3 times. So two rules hold for a document: 4 MiB as compact
/// JSON, and its worst case as XML within what a response has left beside the envelope.
public enum DocumentLimits {
    /// Bytes of a document as compact JSON: 4 MiB.
    public static let json = 4 << 20
    /// Bytes of a response's body: 16 MiB.
    public static let responseBody = 16 << 20
    /// Bytes of a response that are not the document: declaration, envelope, namespaces.
    public static let envelope = 64 << 10

    /// Bytes of compact JSON that fit however they are escaped: none grows to more than six.
    public static let certain = (responseBody - envelope) / 6

    /// Why a document with that compact JSON text is too large, in plain English, without a trailing
    /// full stop; nil where it fits.
    public static func excess(of compact: [UInt8]) -> String? {
        if compact.count > json {
            return "the document is \(compact.count) bytes of compact JSON, "
                + "over the limit of \(json)"
        }
        return excess(ofXML: escapedSize(of: compact))
    }

    static func excess(ofXML size: Int) -> String? {
        let limit = responseBody - envelope
        guard size > limit else { return nil }
        return "the document may take \(size) bytes once a server has escaped it as XML, "
            + "over the limit of \(limit) that can be read back"
    }

    /// Bytes of a text in the wordiest escaping a server is likely to use.
    static func escapedSize(of bytes: [UInt8]) -> Int {
        var size = bytes.count
        for byte in bytes where byte <= 0x3E {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), 0x09, 0x0A, 0x0D: size += 5
            case UInt8(ascii: "&"): size += 4
            case UInt8(ascii: "<"), UInt8(ascii: ">"): size += 3
            default: break
            }
        }
        return size
    }
}

extension XMLElement {
    /// Bytes of the element in the wordiest escaping, with an end tag even where it is empty.
    var escapedSize: Int {
        var size = 2 * name.bytes.count + "<></>".utf8.count
        for attribute in attributes {
            size += attribute.name.bytes.count + " =''".utf8.count
            size += DocumentLimits.escapedSize(of: attribute.value.bytes)
        }
        for piece in content {
            switch piece {
            case .element(let child): size += child.escapedSize
            case .text(let text): size += DocumentLimits.escapedSize(of: text.bytes)
            }
        }
        return size
    }
}
