package import ArmProtocol
package import JSONDocument

/// Why the last save is not taken back. The document stays as it is.
package enum UndoError: Error, Hashable, Sendable {
    /// No save is known whose changes are still there.
    case nothingToUndo
    /// What the save changed was changed again since: somebody has to say what shall stand there.
    case overlapping([MergeConflict])
    /// The document would be one that cannot be saved.
    case unsavable(MessageError)
}

extension DocumentState {
    /// The record of an edit that takes the last confirmed save back; what was changed since stays.
    ///
    /// - Parameters:
    ///   - mapping: how documents are written to the server, which decides what can be.
    ///   - decide: is asked about each place that was changed again since: `mine` is what is there
    ///     now, `theirs` what was there before the save.
    package func undoing(
        author: String,
        by rules: MergeRules,
        mapping: PayloadMapping = PayloadMapping(),
        _ decide: (MergeConflict) -> MergeDecision = { _ in .hold }
    ) throws(UndoError) -> Record {
        guard let lastSave, let local else { throw .nothingToUndo }
        let merged = rules.merge.merge(
            base: lastSave.after,
            mine: local.value,
            theirs: lastSave.before ?? .object(JSONObject()),
            settling: decide
        )
        guard merged.isComplete else { throw .overlapping(merged.conflicts) }
        guard let value = merged.value, value != local.value else { throw .nothingToUndo }
        do throws(MessageError) {
            try mapping.validate(value, as: local.form)
        } catch {
            throw .unsavable(error)
        }
        let patch = local.value.difference(to: value)
        var edit = Edit(author: author, patch: patch, form: local.form)
        edit.emptiesOnPurpose = value.isEmptyDocument
        return Record(.edit(edit), event: .undone)
    }
}
