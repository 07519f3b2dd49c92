import JSONDocument

/// A record that does not fit what came before it.
package struct FoldError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    package var message: String

    package init(message: String) { self.message = message }
}

extension DocumentState {
    /// The state after one more record. Where that throws, this state is of no more use.
    ///
    /// This is the only way a state comes to be: writers call it with the record they have just
    /// made durable, readers with every record they find.
    package mutating func apply(
        _ record: Record,
        sequence: Int,
        time: Timestamp
    ) throws(FoldError) {
        switch record.change {
        case .snapshot(let state): self = state
        case .edit(let edit): try apply(edit, sequence: sequence, time: time)
        case .sending(let readAt):
            guard let local, sent == nil else {
                throw FoldError(message: "a save begins where none can")
            }
            sent = Sent(content: local, time: time, edits: edits)
            edits = []
            lastReadAt = readAt ?? lastReadAt
        case .note(let note):
            trouble = note.trouble
            lastReadAt = note.readAt ?? lastReadAt
            if note.closesSent {
                returnSentEdits()
                if !hasUnsaved { edits = [] }
            }
        }
        self.sequence = sequence
    }

    private mutating func apply(
        _ edit: Edit,
        sequence: Int,
        time: Timestamp
    ) throws(FoldError) {
        let form = local?.form ?? base.content?.form ?? edit.form
        let before = local?.value ?? .object(JSONObject())
        local = nil
        do {
            local = Content(
                value: try before.applying(edit.patch),
                form: form,
                sizeBound: edit.sizeBound
            )
        } catch {
            throw FoldError(message: "an edit does not apply: \(error.message)")
        }
        if case .value = base {} else if edit.isReplacement { isReplacement = true }
        emptiesOnPurpose = edit.emptiesOnPurpose
        let summary = EditSummary(edit, id: sequence)
        edits.append(OutboxEntry(count: 1, first: time, last: time, edit: summary))
        // Not each time: every edit would then cost a new list.
        if edits.count > 2 * [OutboxEntry].individualLimit { edits = edits.grouped }
        if sent == nil && !differsFromBase(where: edit.patch) && !hasUnsaved { edits = [] }
    }

    /// Whether local and base have different values at a place that the patch names.
    ///
    /// Where an edit has just been applied that is so of nearly every one, and the whole documents
    /// need not be compared.
    private func differsFromBase(where patch: JSONPatch) -> Bool {
        guard let local = local?.value, let base = base.content?.value else { return false }
        return patch.operations.contains { operation in
            (try? local.value(at: operation.path)) != (try? base.value(at: operation.path))
        }
    }

    /// Ends the save under way as one that did not arrive.
    package mutating func returnSentEdits() {
        edits = (sent?.edits ?? []) + edits
        sent = nil
    }
}

extension EditSummary {
    /// What there is to say of an edit that is the record of that number.
    package init(_ edit: Edit, id: Int) {
        let paths = edit.patch.operations.prefix(Self.pathLimit).map(\.path.text)
        self.init(
            id: id,
            author: edit.author,
            paths: Array(paths),
            operations: edit.patch.operations.count
        )
    }
}

extension JSONPatch.Operation {
    /// The place it changes or looks at.
    var path: JSONPointer {
        switch self {
        case .add(let path, _), .remove(let path), .replace(let path, _), .test(let path, _),
            .move(_, let path), .copy(_, let path):
            path
        }
    }
}
