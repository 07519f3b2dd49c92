import CLinux

/// The words of the command line as they came.
enum CommandLineText {
    /// All of them behind the program's own.
    ///
    /// - Throws: unless every word is UTF-8. Swift's own list of arguments has U+FFFD in place of
    ///   what is not, and a text typed in another encoding would be stored as that, without a word.
    static func words() throws(CommandError) -> [String] {
        var words: [String] = []
        var index: Int32 = 1
        while let word = clinux_argument(index) {
            guard let text = String(validatingCString: word) else {
                throw CommandError(
                    .badInput,
                    "word \(index) of the command line is not UTF-8",
                    advice: "Set the terminal to UTF-8, or give the text in a file."
                )
            }
            words.append(text)
            index += 1
        }
        return words
    }
}
