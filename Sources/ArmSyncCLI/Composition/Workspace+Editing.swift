import ArmProtocol
import ArmSync
import JSONDocument

extension Workspace {
    func state(of key: DocumentKey) throws(CommandError) -> DocumentState {
        do { return try store.state(of: key) } catch { throw CommandError(error, of: key) }
    }

    /// Journals a decision of this command, or says why not.
    @discardableResult
    func update(
        _ key: DocumentKey,
        _ decide: (DocumentState) throws(CommandError) -> Record?
    ) throws(CommandError) -> DocumentState {
        var hasDecided = false
        do {
            return try store.update(key, at: Surroundings.now()) {
                (state) throws(CommandError) in
                hasDecided = true
                return try decide(state)
            }
        } catch {
            switch error {
            case .declined(let error): throw error
            case .failed(let error):
                var error = CommandError(error, of: key)
                // What fails before there was anything to store says why, but not that.
                if !hasDecided, error.advice == nil { error.advice = "Nothing was stored." }
                throw error
            }
        }
    }

    /// Edits the chosen document by the patch that is found for it, and says what became of it.
    ///
    /// - Parameter replaces: whether the result is meant for the whole document, whatever that was.
    func edit(
        allowsEmpty: Bool,
        replaces: Bool = false,
        by patch: (JSONValue) throws(CommandError) -> JSONPatch
    ) throws(CommandError) {
        try edit { (state) throws(CommandError) in
            let patch = try patch(state.editable)
            do throws(EditError) {
                return try state.editing(
                    by: patch,
                    author: surroundings.author,
                    form: configuration.payloadForm,
                    mapping: configuration.mapping,
                    allowsEmpty: allowsEmpty,
                    replaces: replaces
                )
            } catch {
                throw CommandError(error)
            }
        }
    }

    /// Makes the chosen document the one that is found for it, and says what became of it.
    func replace(
        allowsEmpty: Bool,
        replaces: Bool = false,
        with change: (JSONValue) throws(CommandError) -> JSONValue
    ) throws(CommandError) {
        try edit(allowsEmpty: allowsEmpty, replaces: replaces) { (document) throws(CommandError) in
            document.difference(to: try change(document))
        }
    }

    /// Stores an edit of the chosen document that somebody else decides on, and says what became
    /// of it.
    func edit(
        _ decide: (DocumentState) throws(CommandError) -> Record?
    ) throws(CommandError) {
        let key = try chosenDocument()
        var before = DocumentState()
        let after = try update(key) { (state) throws(CommandError) in
            before = state
            return try decide(state)
        }
        let isStored = after.sequence != before.sequence
        do {
            try report(edit: isStored, of: key, after)
        } catch {
            var error = error
            // The exit code is that of an edit that was not stored.
            if isStored { error.advice = "The edit is stored all the same." }
            throw error
        }
    }

    private func report(
        edit isStored: Bool,
        of key: DocumentKey,
        _ state: DocumentState
    ) throws(CommandError) {
        let waiting = state.pendingEdits
        if console.isJSON {
            var line = key.json
            line["stored"] = .bool(isStored)
            line["pending_edits"] = .number(JSONNumber(waiting))
            return try console.result(.object(line))
        }
        guard isStored else {
            return try console.say("No value changes; there is nothing to store.")
        }
        let waits = waiting == 0 ? "nothing waits any more" : "\(waiting.counted("edit")) waiting"
        try console.say("Stored in \(key.words); \(waits).")
    }
}

extension CommandError {
    /// The failure of one document, with what mends it.
    init(_ error: StoreError, of key: DocumentKey) {
        let advice = error.code == .unreadable ? RepairAdvice.sentence(for: key) : nil
        self.init(error, advice: advice)
    }

    init(_ error: EditError) {
        self.init(
            error.wouldEmpty ? .usage : .badInput,
            error.message,
            advice: error.wouldEmpty ? "If that is what you want, add --allow-empty." : nil
        )
    }
}
