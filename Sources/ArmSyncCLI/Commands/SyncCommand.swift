import ArgumentParser
import ArmProtocol
import ArmSync

struct SyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        _superCommandName: "arm-sync",
        abstract: "Read, compare, save: every document, or the one named by flags."
    )

    @Flag(help: "Only what is due: obey backoff and refresh intervals.")
    var ifDue = false

    @OptionGroup var options: SharedOptions

    func run() throws {
        let mode = SyncMode(sends: true, onlyIfDue: ifDue)
        try SyncSession(workspace: Workspace(options), mode: mode).run()
    }
}

struct PullCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Read what the server holds; send nothing."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let mode = SyncMode(sends: false)
        try SyncSession(workspace: Workspace(options), mode: mode).run()
    }
}
