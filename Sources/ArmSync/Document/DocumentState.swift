package import JSONDocument

/// Everything that is known of one document: the fold of its journal.
///
/// Transitions are pure functions of this value that name the one `Record` to be written; the state
/// after it is the fold of that record, never something computed beside it.
package struct DocumentState: Hashable, Sendable {
    /// Which server it belongs to; nil before the first contact.
    package var binding: Binding?
    package var base = Base.unknown
    /// What people and programs here see; nil where there is nothing yet.
    package var local: Content?
    package var sent: Sent?
    package var remote: Remote?
    /// The edits local has over `sent`, or over base where nothing is sent.
    package var edits: [OutboxEntry] = []
    /// Whether local replaces the whole document, made before anything was known of the server's.
    package var isReplacement = false
    /// Whether somebody asked for a document without contents.
    package var emptiesOnPurpose = false
    /// What the last saves changed, each in relation to base.
    package var watches: [Watch] = []
    /// Saves that may still arrive.
    package var ghosts: [Ghost] = []
    /// Base with the changes that were undone unseen and are on their way back.
    package var returning: JSONValue?
    package var lastSave: LastSave?
    /// What the server made of the last saves, where that was not what it was given.
    package var alteration: Alteration?
    /// What keeps this very document from being saved or read.
    package var trouble: Trouble?
    package var lastReadAt: Timestamp?
    package var lastSavedAt: Timestamp?
    /// Number of the last record; 0 where there is none.
    package var sequence = 0

    package init() {}

    /// Whether local holds anything the server has not confirmed.
    package var hasUnsaved: Bool { local != base.content }

    /// Whether the server may hold something else than local for a reason of ours: an edit it has not
    /// confirmed, or a save whose end is not known.
    package var isUnsettled: Bool { hasUnsaved || sent != nil }

    /// How many accepted edits the server has not confirmed.
    package var pendingEdits: Int { outbox.editCount }

    /// The edits the server has not confirmed, oldest first.
    package var outbox: [OutboxEntry] { (sent?.edits ?? []) + edits }
}
