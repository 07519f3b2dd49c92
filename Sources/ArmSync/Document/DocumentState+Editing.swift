package import ArmProtocol
package import JSONDocument

/// Why an edit is not accepted. Nothing of it is stored.
package struct EditError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    package var message: String
    /// The edit would leave an empty document, which has to be asked for.
    package var wouldEmpty = false
}

extension DocumentState {
    /// What an edit starts from: a document that does not exist yet counts as `{}`.
    package var editable: JSONValue { local?.value ?? .object(JSONObject()) }

    /// The record of an edit that makes local this value; nil where no value changes.
    ///
    /// The edit stored is the difference, so that a replacement of the whole document is as small
    /// as what it changes.
    ///
    /// - Parameters:
    ///   - form: the configured form, for a document that begins with this edit.
    ///   - wire: how documents are written to the server, which decides what can be.
    ///   - allowsEmpty: whether a document with contents may become one without.
    ///   - replaces: whether the value is meant for the whole document, whatever that was.
    package func editing(
        to value: JSONValue,
        author: String,
        form: PayloadForm,
        wire: XMLForm = XMLForm(),
        allowsEmpty: Bool,
        replaces: Bool = false
    ) throws(EditError) -> Record? {
        let patch = editable.difference(to: value)
        if patch.isEmpty { return nil }
        if value.isEmptyDocument && !editable.isEmptyDocument && !allowsEmpty {
            throw EditError(message: "this would empty the document", wouldEmpty: true)
        }
        let form = local?.form ?? base.content?.form ?? form
        do throws(MessageError) {
            try wire.validate(value, as: form)
        } catch {
            throw EditError(message: error.message)
        }
        var edit = Edit(author: author, patch: patch, form: form)
        edit.isReplacement = replaces
        edit.emptiesOnPurpose = allowsEmpty && value.isEmptyDocument
        return Record(.edit(edit), event: .edited)
    }
}

extension DocumentState {
    /// The record that empties the document on purpose; nil where it is empty.
    ///
    /// Its event tells it from an edit that happens to leave nothing, for whoever asks later whether
    /// an empty document is meant to be one.
    package func clearing(
        author: String,
        form: PayloadForm,
        wire: XMLForm = XMLForm()
    ) throws(EditError) -> Record? {
        let record = try editing(
            to: emptied,
            author: author,
            form: form,
            wire: wire,
            allowsEmpty: true,
            replaces: true
        )
        guard let record else { return nil }
        return Record(record.change, event: .cleared)
    }

    /// `{}`, or a node without contents where the document is kept as nodes.
    private var emptied: JSONValue {
        guard local?.form == .nodes, let name = local?.value["_name"] else { return [:] }
        return ["_name": name]
    }
}

extension JSONValue {
    /// Whether there is nothing in it: `{}`, `[]`, `""` or `null`.
    var isEmptyDocument: Bool {
        switch self {
        case .null: true
        case .object(let object): object.isEmpty
        case .array(let array): array.isEmpty
        case .string(let string): string.byteCount == 0
        case .bool, .number: false
        }
    }
}
