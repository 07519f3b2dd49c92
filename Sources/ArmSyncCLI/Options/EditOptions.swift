import ArgumentParser

/// Options of every command that edits.
struct EditOptions: ParsableArguments {
    @Flag(help: "Let the edit empty a document that has contents.")
    var allowEmpty = false
}
