import ArgumentParser

@testable import ArmSyncCLI

/// The short way to everyday commands understands a command line as the parser does, or leaves it
/// to the parser.
///
/// The input is the words, with NUL between them.
enum CommandLineLaws {
    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let words = FuzzInput.words(bytes).compactMap { String(validating: $0, as: UTF8.self) }
        guard let short = ArmSyncCommand.everydayCommand(words) else { return }
        let long = try succeed("what the short way understands, the parser does") {
            try ArmSyncCommand.parseAsRoot(words)
        }
        try expect(
            String(describing: short) == String(describing: long),
            "the short way understands what the parser does",
            "\(short) instead of \(long)"
        )
    }
}
