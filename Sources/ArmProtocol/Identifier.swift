/// The rule for what names a document or a domain: ids go into XML attributes, URLs and folder
/// names, and must mean the same in each.
public enum Identifier {
    /// Bytes of an id in UTF-8. Far beyond any real id, so that none is cut, and small enough for a
    /// request line.
    public static let limit = 4096

    /// Throws unless the text can be an id: not empty, within `limit`, without control characters
    /// (a line break would add a header or turn into a space), U+FFFE and U+FFFF (which XML 1.0
    /// cannot hold).
    ///
    /// - Parameter name: what the id is, for the message: `application id`.
    public static func validate(_ text: String, named name: String) throws(MessageError) {
        if text.isEmpty { throw MessageError(message: "the \(name) is empty") }
        let size = text.utf8.count
        if size > limit {
            throw MessageError(message: "the \(name) is \(size) bytes, over the limit of \(limit)")
        }
        for (index, scalar) in text.unicodeScalars.enumerated() where isRefused(scalar) {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let padding = String(repeating: "0", count: max(0, 4 - digits.count))
            throw MessageError(
                message: "the \(name) has U+\(padding)\(digits) at character \(index + 1), "
                    + "which cannot be part of it"
            )
        }
    }

    /// Throws unless the text can be the domain in the server's URLs: an id, and neither `.` nor
    /// `..`, which would make the URL another one.
    public static func validate(domain: String) throws(MessageError) {
        try validate(domain, named: "domain")
        if domain == "." || domain == ".." {
            throw MessageError(message: "the domain is '\(domain)', which a URL cannot hold")
        }
    }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.value == 0xFFFE
            || scalar.value == 0xFFFF
    }
}

extension DocumentKey {
    /// Throws unless both ids follow the rule of `Identifier`; an agent may be nil, not empty.
    public func validate() throws(MessageError) {
        try Identifier.validate(application, named: "application id")
        if let agent { try Identifier.validate(agent, named: "agent id") }
    }
}
