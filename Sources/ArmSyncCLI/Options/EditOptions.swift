import ArgumentParser

/// Options of every command that edits.
struct EditOptions: ParsableArguments {
    @Flag(help: "Let the edit empty a document that has contents.")
    var allowEmpty = false
}

extension EditOptions: PlainArguments {
    mutating func take(_ words: inout PlainWords) {
        allowEmpty = words.flag("--allow-empty")
    }
}
