import ArgumentParser
import ArmProtocol
import ArmSync
import JSONDocument

struct ResolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Settle what is held: keep what is here, or take what the server holds."
    )

    @Argument(help: "A JSON Pointer; only \"\", the whole document, can be settled.")
    var pointer: String?

    @Flag(help: "Settle everything that is open in the document.")
    var all = false

    @Flag(help: "What is here stays and is saved next.")
    var mine = false

    @Flag(help: "What the server holds is taken; edits that wait here are given up.")
    var theirs = false

    @OptionGroup var options: SharedOptions

    func validate() throws {
        if mine == theirs { throw ValidationError("Say either --mine or --theirs.") }
        if all == (pointer != nil) {
            throw ValidationError("Name what to settle: --all, or a pointer (\"\" is everything).")
        }
    }

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        if let pointer, !(try Pointers.parse(pointer).tokens.isEmpty) {
            throw CommandError(
                .badInput,
                "nothing is held at \(pointer) alone: a document is held as a whole",
                advice: "Settle it with --all."
            )
        }
        let moment = Surroundings.now()
        let state = try workspace.update(key) { (state) throws(CommandError) in
            do throws(ResolveError) {
                return try state.resolving(
                    mine ? .mine : .theirs,
                    author: workspace.surroundings.author,
                    at: moment
                )
            } catch {
                throw CommandError(error, of: key)
            }
        }
        try report(key, state, workspace)
    }

    private func report(
        _ key: DocumentKey,
        _ state: DocumentState,
        _ workspace: Workspace
    ) throws(CommandError) {
        if options.json {
            var line = key.json
            line["resolved"] = .string(mine ? "mine" : "theirs")
            line["pending_edits"] = .number(JSONNumber(state.pendingEdits))
            return try workspace.console.result(.object(line))
        }
        try workspace.console.say(
            mine
                ? "Settled: what is here stays. arm-sync sync saves it."
                : "Settled: what the server held is here now."
        )
    }
}

extension CommandError {
    fileprivate init(_ error: ResolveError, of key: DocumentKey) {
        switch error {
        case .nothingHeld:
            self.init(.badInput, "nothing in \(key.words) waits for a decision")
        case .nothingToSend:
            self.init(
                .badInput,
                "there is no document here that could go to the server",
                advice: "Make it first, with arm-sync set or import; then resolve again."
            )
        case .nothingToTake:
            self.init(
                .badInput,
                "the server holds no document that could be taken",
                advice: "To replace it by what is here: arm-sync resolve --all --mine\(key.flags)"
            )
        }
    }
}
