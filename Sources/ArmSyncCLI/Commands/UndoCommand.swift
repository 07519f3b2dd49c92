import ArgumentParser
import ArmProtocol
import ArmSync
import JSONDocument

struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take the last confirmed save back, as a new edit; what changed since stays.",
        discussion: """
            Where a place was changed again since that save, somebody has to say what shall stand \
            there: it is asked on a terminal, and --mine or --theirs answers beforehand.
            """
    )

    @Flag(help: "Where a place was changed again since, what is here stays.")
    var mine = false

    @Flag(help: "Where a place was changed again since, what was there before the save comes back.")
    var theirs = false

    @OptionGroup var options: SharedOptions

    func validate() throws {
        if mine && theirs { throw ValidationError("Say --mine or --theirs, not both.") }
    }

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        let state = try workspace.state(of: key)
        var decision: MergeDecision = mine ? .mine : theirs ? .theirs : .hold
        if let overlaps = try overlaps(in: state, key, decision, workspace) {
            decision = try ask(about: overlaps, key, workspace)
            if decision == .hold {
                return try workspace.console.say(
                    "Nothing was taken back." + rest(of: state, key, workspace)
                )
            }
        }
        try workspace.edit { (now) throws(CommandError) in
            // The person decided about what was shown, and about nothing that came since.
            guard now.sequence == state.sequence || mine || theirs else {
                throw CommandError(
                    .notNow,
                    "\(key.words) has changed since; nothing was taken back",
                    advice: "Look again: arm-sync undo\(workspace.naming.flags(for: key))"
                )
            }
            return try record(of: now, key, decision, workspace)
        }
    }

    /// What could be taken back beside what was changed again, where there is anything.
    private func rest(of state: DocumentState, _ key: DocumentKey, _ workspace: Workspace) -> String
    {
        guard (try? undo(state, key, .mine, workspace)) != nil else { return "" }
        return " The rest of that save: arm-sync undo --mine\(workspace.naming.flags(for: key))"
    }

    /// The places that were changed again, where there are any and nothing is said about them.
    private func overlaps(
        in state: DocumentState,
        _ key: DocumentKey,
        _ decision: MergeDecision,
        _ workspace: Workspace
    ) throws(CommandError) -> [MergeConflict]? {
        do throws(UndoError) {
            _ = try undo(state, key, decision, workspace)
            return nil
        } catch {
            guard case .overlapping(let places) = error else {
                throw CommandError(error, of: key, workspace.naming)
            }
            return places
        }
    }

    private func record(
        of state: DocumentState,
        _ key: DocumentKey,
        _ decision: MergeDecision,
        _ workspace: Workspace
    ) throws(CommandError) -> Record {
        do throws(UndoError) {
            return try undo(state, key, decision, workspace)
        } catch {
            throw CommandError(error, of: key, workspace.naming)
        }
    }

    private func undo(
        _ state: DocumentState,
        _ key: DocumentKey,
        _ decision: MergeDecision,
        _ workspace: Workspace
    ) throws(UndoError) -> Record {
        try state.undoing(
            author: workspace.surroundings.author,
            by: workspace.configuration.sync.mergeRules(for: key.application),
            mapping: workspace.configuration.mapping
        ) { _ in decision }
    }

    private func ask(
        about places: [MergeConflict],
        _ key: DocumentKey,
        _ workspace: Workspace
    ) throws(CommandError) -> MergeDecision {
        guard Question.isPossible else {
            throw CommandError(.overlapping(places), of: key, workspace.naming)
        }
        let columns = ValueColumns(
            palette: workspace.console.palette,
            width: workspace.console.width
        )
        for place in places.prefix(ConflictScreen.placeLimit) {
            try workspace.console.say("  \(place.name.text.printable)")
            let lines = columns.lines([
                ("before", place.theirs, .removed),
                ("saved", place.base, .faint),
                ("here", place.mine, .added),
            ])
            for line in lines { try workspace.console.say(line) }
        }
        let question = "Changed again since that save. Put back what was there before it?"
        return Question.ask(question) ? .theirs : .hold
    }
}

extension CommandError {
    fileprivate init(_ error: UndoError, of key: DocumentKey, _ naming: CommandNaming) {
        let flags = naming.flags(for: key)
        switch error {
        case .nothingToUndo:
            self.init(
                .badInput,
                "there is no save of \(key.words) whose changes could be taken back",
                advice: "What happened to it: arm-sync log\(flags)"
            )
        case .overlapping(let places):
            let names = places.prefix(3).map(\.name.text.printable).joined(separator: ", ")
            self.init(
                .needsPerson,
                "what that save changed was changed again since (\(names)); nothing was taken back",
                advice: "Say what shall stand there: arm-sync undo --mine\(flags), or --theirs"
            )
        case .unsavable(let error):
            self.init(.badInput, error.message)
        }
    }
}
