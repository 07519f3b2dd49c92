import ArgumentParser
import ArmProtocol
import ArmSync
import JSONDocument

struct ResolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Settle what is held: keep what is here, take what the server holds, or neither.",
        discussion: """
            A place is named as arm-sync conflicts names it, or by its pointer here; one that holds \
            several stands for all of them. What lost stays readable in arm-sync log --verbose, up \
            to 64 KiB.
            """
    )

    @Argument(help: "The place to settle; \"\" is the whole document.")
    var pointer: String?

    @Flag(help: "Settle everything that is open in the document.")
    var all = false

    @Flag(help: "What is here stays and is saved next.")
    var mine = false

    @Flag(help: "What the server holds is taken; edits that wait here at that place are given up.")
    var theirs = false

    @Option(help: ArgumentHelp("Put this there instead.", valueName: "json"))
    var value: String?

    @Flag(help: "Decide in an editor.")
    var edit = false

    @Option(
        help: ArgumentHelp(
            "What arm-sync conflicts show printed with it: what has moved since is asked again.",
            valueName: "digest"
        )
    )
    var seen: String?

    @OptionGroup var options: SharedOptions

    func validate() throws {
        if [mine, theirs, value != nil, edit].count(where: { $0 }) != 1 {
            throw ValidationError("Say one of --mine, --theirs, --value and --edit.")
        }
        if all == (pointer != nil) {
            throw ValidationError("Name what to settle: --all, or a pointer (\"\" is everything).")
        }
        if all && value != nil {
            throw ValidationError("One value cannot stand at every place: name the place.")
        }
    }

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        let place = try pointer.map(Pointers.parse) ?? JSONPointer()
        let state = try workspace.state(of: key)
        guard let shown = OpenConflict(key, state, workspace.configuration.sync) else {
            throw CommandError(ResolveError.nothingHeld, of: key)
        }
        let chosen = shown.places.filter { $0.isAtOrInside(place) }
        guard !chosen.isEmpty else { throw Self.nothing(at: place, in: shown, workspace.naming) }
        if value != nil, !chosen.allSatisfy({ $0.isAt(place) }) {
            throw Self.around(chosen, place)
        }
        if !shown.reason.isSettledByPlace && !(mine || theirs) {
            throw CommandError(
                .badInput,
                "the document is held as a whole: it is settled by --mine or --theirs",
                advice: "To send another value: settle it with --mine, then arm-sync set or edit."
            )
        }
        guard try isAgreed(chosen, of: shown, at: place, workspace) else {
            try workspace.console.say("Nothing was settled.")
            return try ExitStatus.needsPerson.end()
        }
        let resolution = Resolution(
            decisions: try decisions(about: chosen, workspace),
            rules: workspace.configuration.sync.mergeRules(for: key.application),
            mapping: workspace.configuration.mapping
        )
        var before = DocumentState()
        let after = try workspace.update(key) { (state) throws(CommandError) in
            before = state
            return try resolution.record(
                of: state,
                shown,
                author: workspace.surroundings.author,
                at: Surroundings.now()
            )
        }
        try report(from: before, to: after, key, workspace)
    }

    /// Whether what is to be settled is what was shown, or a person agrees to it as it is now.
    private func isAgreed(
        _ chosen: [ConflictPlace],
        of shown: OpenConflict,
        at place: JSONPointer,
        _ workspace: Workspace
    ) throws(CommandError) -> Bool {
        guard let seen, seen != ConflictDigest(of: chosen).text else { return true }
        guard Question.isPossible else {
            throw CommandError(
                .needsPerson,
                "what was to be settled has moved since it was shown; nothing was settled",
                advice: "Look again: arm-sync conflicts show"
                    + workspace.naming.flagsAmongAll(for: shown.key)
            )
        }
        let screen = ConflictScreen(console: workspace.console, naming: workspace.naming)
        for line in screen.lines(of: shown, at: place) { try workspace.console.say(line) }
        return Question.ask("This has moved since it was shown. Settle it so all the same?")
    }

    private func decisions(
        about chosen: [ConflictPlace],
        _ workspace: Workspace
    ) throws(CommandError) -> [ConflictDigest: MergeDecision] {
        let one: MergeDecision
        if mine {
            one = .mine
        } else if theirs {
            one = .theirs
        } else if let value {
            do { one = .value(try JSONValue(parsing: value)) } catch {
                throw CommandError(
                    .badInput,
                    "the value is not JSON: line \(error.line), column \(error.column): "
                        + error.message
                )
            }
        } else {
            return try EditedConflicts(chosen).decisions(
                in: workspace,
                keepsOutput: options.json
            )
        }
        return Dictionary(chosen.map { ($0.digest, one) }) { first, _ in first }
    }

    private func report(
        from before: DocumentState,
        to state: DocumentState,
        _ key: DocumentKey,
        _ workspace: Workspace
    ) throws {
        let settings = workspace.configuration.sync
        let open = OpenConflict(key, state, settings)
        let wereOpen = OpenConflict(key, before, settings)?.places.count ?? 0
        let areOpen = open?.places.count ?? 0
        if options.json {
            var line = key.json
            line["resolved"] = .string(mine ? "mine" : theirs ? "theirs" : "value")
            line["settled"] = .number(JSONNumber(wereOpen - areOpen))
            line["conflicts"] = .number(JSONNumber(areOpen))
            line["pending_edits"] = .number(JSONNumber(state.pendingEdits))
            try workspace.console.result(.object(line))
        } else if areOpen > 0 {
            let settled = (wereOpen - areOpen).counted("place")
            try workspace.console.say(
                "Settled \(settled); \(areOpen) still open: arm-sync conflicts show"
                    + workspace.naming.flagsAmongAll(for: key)
            )
        } else if state.hasUnsaved {
            try workspace.console.say(
                mine
                    ? "Settled: what is here stays. arm-sync sync saves it."
                    : "Settled. arm-sync sync saves what is here now."
            )
        } else {
            try workspace.console.say("Settled: what the server held is here now.")
        }
        if open != nil { try ExitStatus.needsPerson.end() }
    }

    /// A value for something that holds what is open, but is not open itself.
    private static func around(_ chosen: [ConflictPlace], _ place: JSONPointer) -> CommandError {
        let names = chosen.prefix(3).map { $0.name.text.printable.shellWord }
        let more = chosen.count > names.count ? " and more" : ""
        return CommandError(
            .badInput,
            "only what is inside \(place.text.printable) waits for a decision; nothing was settled",
            advice: "Put a value at one of the places: \(names.joined(separator: ", "))\(more)."
        )
    }

    private static func nothing(
        at place: JSONPointer,
        in shown: OpenConflict,
        _ naming: CommandNaming
    ) -> CommandError {
        let names = shown.places.prefix(3).map { $0.name.text.printable.shellWord }
        let isWhole = shown.places.allSatisfy { $0.name.tokens.isEmpty }
        return CommandError(
            .badInput,
            "nothing at \(place.text.printable) waits for a decision",
            advice: isWhole
                ? "The document is held as a whole: settle it with --all."
                : "There is \(names.joined(separator: ", ")); all of it: arm-sync conflicts"
                    + naming.flagsAmongAll(for: shown.key)
        )
    }
}
