public import JSONDocument

/// How a JSON document stands inside the server's `user_data` element.
public enum PayloadForm: String, Hashable, Sendable, CaseIterable {
    /// JSON text in one attribute of one element: the vendor's own way, and the default.
    case json
    /// The `user_data` element itself as a tree: `{"_name", "_attributes"?, "_content"?}`, text as a
    /// JSON string inside `_content`.
    case nodes
}

/// The names the JSON form uses inside `user_data`.
public struct PayloadMapping: Hashable, Sendable {
    /// The element that carries the JSON text.
    public var element: String
    /// Its attribute that is the JSON text.
    public var attribute: String

    /// The mapping with those names.
    public init(element: String = "user_data", attribute: String = "user_data") {
        self.element = element
        self.attribute = attribute
    }
}

/// What a request or response says about the user data. Nothing, an empty element and an empty JSON
/// object are three different things.
public enum UserData: Hashable, Sendable {
    /// No `user_data` element.
    case absent
    /// A `user_data` element with nothing in it.
    case empty
    /// A document, and the form it has on the wire.
    case document(JSONValue, PayloadForm)
    /// Content that we cannot hold as a document: it has the shape of the JSON form but its text is
    /// no JSON, or it is larger than `DocumentLimits` allow. It is never sent.
    case foreign(ForeignContent)
}

/// User data that could not be read as a document.
public struct ForeignContent: Hashable, Sendable {
    /// The attribute's text, as the server gave it; of a node tree, the `user_data` element as XML.
    public var text: String
    /// Why it is not usable, in plain English, without a trailing full stop.
    public var reason: String

    /// Foreign content and the reason.
    public init(text: String, reason: String) {
        self.text = text
        self.reason = reason
    }

    /// Equal byte for byte: what looks the same may still be another text than the one a person saw.
    public static func == (left: ForeignContent, right: ForeignContent) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
            && left.reason.utf8.elementsEqual(right.reason.utf8)
    }

    /// Hashes the bytes of the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Array(text.utf8))
    }
}
