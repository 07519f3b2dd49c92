/// How a value is laid out as text.
public enum JSONLayout: Hashable, Sendable {
    /// No white space at all.
    case compact
    /// Two spaces a level, a line a member or element, no newline at the end.
    case indented
}

extension JSONValue {
    /// The JSON text in UTF-8. Controls, lone surrogates, U+FFFE and U+FFFF are escaped, so that
    /// XML 1.0 can carry the rest.
    public func serialized(_ layout: JSONLayout = .compact) -> [UInt8] { [] }

    /// The JSON text.
    public func text(_ layout: JSONLayout = .compact) -> String {
        String(decoding: serialized(layout), as: UTF8.self)
    }
}
