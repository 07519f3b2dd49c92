import ArgumentParser
import ArmProtocol
import ArmSync
import JSONDocument

struct DiscardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Give up what is unsaved: what the server last had is here again.",
        discussion: "What was given up stays readable in arm-sync log --verbose, up to 64 KiB."
    )

    @Argument(help: "A JSON Pointer such as /filters/team; everything unless given.")
    var pointer = ""

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        let place = try Pointers.parse(pointer)
        let state = try workspace.state(of: key)
        guard let shown = try decide(state, key, place, workspace) else {
            try report(nil, key, state, workspace)
            return try workspace.hint(at: key, state)
        }
        if !confirmation.yes && Question.isPossible {
            try show(shown, of: state, workspace)
        }
        let isWanted = try Question.confirm(
            "Give this up?",
            isGiven: confirmation.yes,
            orSaying: "gives up edits that are not saved"
        )
        guard isWanted else { return try workspace.console.say("Nothing was given up.") }
        var record: Record?
        let after = try workspace.update(key) { (now) throws(CommandError) in
            // The person agreed to lose what was shown, and to nothing that came since.
            guard confirmation.yes || now.sequence == state.sequence else {
                throw CommandError(
                    .notNow,
                    "\(key.words) has changed since it was shown; nothing was given up",
                    advice: "Look again: arm-sync discard\(workspace.naming.flags(for: key))"
                )
            }
            record = try decide(now, key, place, workspace)
            return record
        }
        try report(record, key, after, workspace)
    }

    private func decide(
        _ state: DocumentState,
        _ key: DocumentKey,
        _ place: JSONPointer,
        _ workspace: Workspace
    ) throws(CommandError) -> Record? {
        do throws(DiscardError) {
            return try state.discarding(at: place, mapping: workspace.configuration.mapping)
        } catch {
            throw CommandError(error, of: key, workspace.naming)
        }
    }

    /// What goes, so that the question is about something.
    private func show(
        _ record: Record,
        of state: DocumentState,
        _ workspace: Workspace
    ) throws(CommandError) {
        guard case .snapshot(let next) = record.change else { return }
        let console = workspace.console
        let patch = state.editable.difference(to: next.editable)
        let lines = PatchLines(palette: console.palette, width: console.width)
        for line in lines.lines(of: patch, from: state.editable) { try console.say(line) }
        if record.retired == nil && !patch.isEmpty {
            try console.say(
                "That is more than the log keeps. To keep it: arm-sync diff --json > FILE"
            )
        }
    }

    private func report(
        _ record: Record?,
        _ key: DocumentKey,
        _ state: DocumentState,
        _ workspace: Workspace
    ) throws(CommandError) {
        if options.json {
            var line = key.json
            line["discarded"] = .bool(record != nil)
            line["pending_edits"] = .number(JSONNumber(state.pendingEdits))
            return try workspace.console.result(.object(line))
        }
        let place = pointer.isEmpty ? key.words : "\(key.words) at \(pointer.printable)"
        guard let record else {
            return try workspace.console.say("Nothing in \(place) is unsaved.")
        }
        let waiting = state.pendingEdits
        let waits = waiting == 0 ? "nothing waits any more" : "\(waiting.counted("edit")) waiting"
        try workspace.console.say("Given up in \(place); \(waits).")
        if record.retired != nil {
            let flags = workspace.naming.flags(for: key)
            try workspace.console.say("It stays readable: arm-sync log --verbose\(flags)")
        }
    }
}

extension CommandError {
    fileprivate init(_ error: DiscardError, of key: DocumentKey, _ naming: CommandNaming) {
        let flags = naming.flags(for: key)
        switch error {
        case .saveUnderWay:
            self.init(
                .notNow,
                "a save of \(key.words) is under way or its end is not known, so it is not known "
                    + "what the server holds; nothing was given up",
                advice: "Find out first: arm-sync sync\(naming.flagsAmongAll(for: key))"
            )
        case .nothingThere(let error):
            self.init(.badInput, error.message)
        case .elementsShifted(let array):
            let place = array.tokens.isEmpty ? "the document" : array.text
            self.init(
                .badInput,
                "elements of \(place) came or went, so that an index means another one at the "
                    + "server",
                advice: "Give up all of it: arm-sync discard \(array.text.shellWord)\(flags)"
            )
        case .parentGone(let parent):
            self.init(
                .badInput,
                "what holds it is gone or changed here, too",
                advice: "Give that up: arm-sync discard \(parent.text.shellWord)\(flags)"
            )
        case .unsavable(let error):
            self.init(.badInput, error.message)
        }
    }
}
