import ArgumentParser
import ArmProtocol
import ArmSync
import ArmSyncStorage
import JSONDocument

struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Rebuild an unreadable document from what is good of its journal.",
        discussion: "The damaged journal is kept beside the new one, byte for byte."
    )

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        guard
            let survey = try attempt({ () throws(StoreError) in
                try workspace.journals.survey(key)
            })
        else {
            if options.json { return try workspace.console.result(key.line(nil, nil)) }
            return try workspace.console.say("\(key.words) is not damaged; there is nothing to do.")
        }
        let screen = RepairScreen(key: key, console: workspace.console)
        for line in screen.lines(of: survey) { try workspace.console.say(line) }
        let isWanted = try Question.confirm(
            "Rebuild it from that?",
            isGiven: confirmation.yes,
            orSaying: "rebuilds the document from what can be saved of it"
        )
        guard isWanted else { return try workspace.console.say("Nothing was changed.") }
        // A save under way is settled by whoever holds this lock.
        let lock = try attempt { () throws(StoreError) in try workspace.store.lockSync() }
        defer { lock.unlock() }
        let repair = try attempt { () throws(StoreError) in
            try workspace.journals.repair(key, as: survey, at: Surroundings.now())
        }
        if options.json { return try workspace.console.result(key.line(survey, repair)) }
        for line in screen.lines(of: repair) { try workspace.console.say(line) }
    }

    private func attempt<Value>(
        _ work: () throws(StoreError) -> Value
    ) throws(CommandError) -> Value {
        do { return try work() } catch { throw CommandError(error) }
    }
}

extension DocumentKey {
    /// What was done, for a script.
    fileprivate func line(_ survey: JournalSurvey?, _ repair: JournalRepair?) -> JSONValue {
        var line = json
        line["repaired"] = .bool(repair != nil)
        line["complete"] = .bool(survey?.isComplete ?? true)
        line["lost_bytes"] = .number(JSONNumber(survey?.lostBytes ?? 0))
        line["journal_copy"] = repair.map { .string(JSONString($0.journalCopy)) } ?? .null
        line["document_copy"] = repair?.cacheCopy.map { .string(JSONString($0)) } ?? .null
        return .object(line)
    }
}
