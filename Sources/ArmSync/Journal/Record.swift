package import ArmProtocol
package import JSONDocument

/// One line of a document's journal: one transition, written and synced as a whole.
package struct Record: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        /// The whole state after the transition.
        case snapshot(DocumentState)
        /// A patch to local.
        case edit(Edit)
        /// Local is on its way to the server.
        case sending(readAt: Timestamp?)
        /// Something that leaves base, local and remote as they are.
        case note(Note)
    }

    package var change: Change
    /// What happened, for the log: `edited`, `saved`, `refused`.
    package var event: Event
    /// What a person gave up with this decision: the patch that would bring it back to local.
    package var retired: JSONPatch?

    package init(_ change: Change, event: Event, retired: JSONPatch? = nil) {
        self.change = change
        self.event = event
        self.retired = retired
    }
}

/// What happened to a document, as `log` names it.
package enum Event: String, Hashable, Sendable, CaseIterable {
    case edited
    /// An edit that emptied the document on purpose.
    case cleared
    case sending
    case saved
    case arrived
    case read
    case takenOver = "taken_over"
    /// Both sides' changes were put together.
    case merged
    /// The server keeps something else than it was given.
    case altered
    case conflict
    case held
    case failed
    case retried
    case resolvedMine = "resolved_mine"
    case resolvedTheirs = "resolved_theirs"
    /// A person decided in one way here and another there.
    case resolved
    /// The last save was taken back.
    case undone
    case discarded
    case rebound
    case repaired
    case cacheChanged = "cache_changed"
    case tornTail = "torn_tail"
    case compacted
}

/// One accepted change of local. Its number is that of its record.
package struct Edit: Hashable, Sendable {
    package var author: String
    package var patch: JSONPatch
    /// The form of a document that begins with this edit; one that is there keeps its own.
    package var form: PayloadForm
    /// Whether it was meant to replace the whole document, whatever that was.
    package var isReplacement = false
    /// Whether the document was to be left without contents.
    package var emptiesOnPurpose = false

    package init(author: String, patch: JSONPatch, form: PayloadForm = .json) {
        self.author = author
        self.patch = patch
        self.form = form
    }
}

/// What a small record sets, besides the log.
package struct Note: Hashable, Sendable {
    /// The document's trouble from now on; nil where there is none (any more).
    package var trouble: Trouble?
    /// The save under way surely did not arrive: its edits return to the outbox.
    package var closesSent: Bool
    /// When the server's document was read, where it was.
    package var readAt: Timestamp?
    /// A sentence for the log, without document contents.
    package var detail: String?

    package init(
        trouble: Trouble?,
        closesSent: Bool = false,
        readAt: Timestamp? = nil,
        detail: String? = nil
    ) {
        self.trouble = trouble
        self.closesSent = closesSent
        self.readAt = readAt
        self.detail = detail
    }
}
