import ArgumentParser

@main
struct ArmSyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "arm-sync")
}
