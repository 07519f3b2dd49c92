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
    package func editing(
        to value: JSONValue,
        author: String,
        form: PayloadForm,
        mapping: PayloadMapping = PayloadMapping(),
        allowsEmpty: Bool,
        replaces: Bool = false
    ) throws(EditError) -> Record? {
        try editing(
            by: editable.difference(to: value),
            author: author,
            form: form,
            mapping: mapping,
            allowsEmpty: allowsEmpty,
            replaces: replaces
        )
    }

    /// The record of an edit of local by that patch; nil where the patch is empty.
    ///
    /// - Parameters:
    ///   - patch: where it has operations, they change a value.
    ///   - form: the configured form, for a document that begins with this edit.
    ///   - mapping: how documents are written to the server, which decides what can be.
    ///   - allowsEmpty: whether a document with contents may become one without.
    ///   - replaces: whether the result is meant for the whole document, whatever that was.
    package func editing(
        by patch: JSONPatch,
        author: String,
        form: PayloadForm,
        mapping: PayloadMapping = PayloadMapping(),
        allowsEmpty: Bool,
        replaces: Bool = false
    ) throws(EditError) -> Record? {
        if patch.isEmpty { return nil }
        let form = local?.form ?? base.content?.form ?? form
        var edit = Edit(author: author, patch: patch, form: form)
        let value: JSONValue
        do {
            value = try editable.applying(patch)
        } catch {
            throw EditError(message: error.message)
        }
        if value.isEmptyDocument && !editable.isEmptyDocument && !allowsEmpty {
            throw EditError(message: "this would empty the document", wouldEmpty: true)
        }
        do throws(MessageError) {
            edit.sizeBound = try mapping.validate(
                value,
                as: form,
                sizeBound: sizeBound(after: patch)
            )
        } catch {
            throw EditError(message: error.message)
        }
        edit.isReplacement = replaces
        edit.emptiesOnPurpose = allowsEmpty && value.isEmptyDocument
        return Record(.edit(edit), event: .edited)
    }

    /// At least as many bytes as local takes as compact JSON after the patch; nil where that is not
    /// known.
    ///
    /// The text of an operation holds all that it can add: the value, and the member's name in the
    /// path. Not so that of a copy.
    private func sizeBound(after patch: JSONPatch) -> Int? {
        let copies = patch.operations.contains { if case .copy = $0 { true } else { false } }
        guard !copies, let before = local?.sizeBound else { return nil }
        let (bound, overflow) = before.addingReportingOverflow(patch.json.serialized().count)
        return overflow ? nil : bound
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
        mapping: PayloadMapping = PayloadMapping()
    ) throws(EditError) -> Record? {
        let record = try editing(
            to: emptied,
            author: author,
            form: form,
            mapping: mapping,
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
