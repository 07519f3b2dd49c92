import ArgumentParser

/// Options of every command that asks before it gives something up.
struct ConfirmationOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false
}
