/// The words of the command line as they came.
enum CommandLineText {
    /// Throws unless every word is UTF-8.
    ///
    /// Swift's own list of arguments has U+FFFD in place of what is not, and a text typed in another
    /// encoding would be stored as that, without a word.
    static func check() throws(CommandError) {
        for index in 1..<max(Int(CommandLine.argc), 1) {
            // The words come from the system: as many as it says, each ending in a zero.
            guard let word = CommandLine.unsafeArgv[index] else { return }
            guard String(validatingCString: word) != nil else {
                throw CommandError(
                    .badInput,
                    "word \(index) of the command line is not UTF-8",
                    advice: "Set the terminal to UTF-8, or give the text in a file."
                )
            }
        }
    }
}
