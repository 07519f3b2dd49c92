import ArgumentParser

/// The least a program with this argument parser can be, as the measure of what a start costs.
@main
struct HelloCommand: ParsableCommand {
    @Option(help: "Whom to greet.")
    var name = "world"

    func run() { print("hello, \(name)") }
}
