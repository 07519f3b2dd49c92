package import ArmProtocol
package import JSONDocument

/// A document's value and the form it has on the wire.
///
/// The form belongs to the content: what arrived as nodes is saved as nodes.
package struct Content: Hashable, Sendable {
    package var value: JSONValue { didSet { sizeBound = nil } }
    package var form: PayloadForm
    /// At least as many bytes as the value takes as compact JSON; nil where nobody has counted.
    package private(set) var sizeBound: Int?

    package init(value: JSONValue, form: PayloadForm, sizeBound: Int? = nil) {
        self.value = value
        self.form = form
        self.sizeBound = sizeBound
    }

    /// What is known of the size is no part of the content.
    package static func == (left: Content, right: Content) -> Bool {
        left.form == right.form && left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(form)
        hasher.combine(value)
    }

    /// Equal not only by value but in every literal and in the order of members.
    package func isIdentical(to other: Content) -> Bool {
        form == other.form && value.isIdentical(to: other.value)
    }
}

/// The document as the server was last known to hold it.
package enum Base: Hashable, Sendable {
    /// The server's document was never read, nor saved.
    case unknown
    /// It was read, and there was nothing.
    case absent
    /// It was this.
    case value(Content)
    /// It was no document of ours, and a person decided that local shall replace it.
    case foreign(ForeignContent)

    package var content: Content? {
        if case .value(let content) = self { content } else { nil }
    }
}

/// What a read said where that is neither base nor taken over: a person has to look.
package enum Remote: Hashable, Sendable {
    /// Nothing, where base had a value: the server may have been reset.
    case absent
    /// Another value than base, while local has unsaved edits.
    case value(Content)
    /// The shape of our documents, but not JSON.
    case foreign(ForeignContent)
}

/// The value of a save whose end is not known yet.
package struct Sent: Hashable, Sendable {
    package var content: Content
    package var time: Timestamp
    /// The edits it carries; they return to the outbox if it did not arrive.
    package var edits: [OutboxEntry]

    package init(content: Content, time: Timestamp, edits: [OutboxEntry]) {
        self.content = content
        self.time = time
        self.edits = edits
    }
}

/// The server and domain a document belongs to, fixed at the first contact.
package struct Binding: Hashable, Sendable {
    /// Scheme, host and port: `http://host:8086`.
    package var server: String
    package var domain: String

    package init(server: String, domain: String) {
        self.server = server
        self.domain = domain
    }

    /// Equal byte for byte: two spellings of a letter are two domains to the server.
    package static func == (left: Binding, right: Binding) -> Bool {
        left.server.utf8.elementsEqual(right.server.utf8)
            && left.domain.utf8.elementsEqual(right.domain.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(Array(server.utf8))
        hasher.combine(Array(domain.utf8))
    }
}
