import Foundation
import Testing

/// Texts that are kept as files, so that a change of them is seen and meant.
enum Golden {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "Fixtures")

    /// Expects the text of a file; with `UPDATE_GOLDEN=1` in the environment writes it instead, and
    /// fails so that nobody forgets.
    static func expect(
        _ text: String,
        is name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name + ".txt")
        let found = text.hasSuffix("\n") ? text : text + "\n"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(found.utf8).write(to: file)
            Issue.record("\(name) was written anew: read it", sourceLocation: sourceLocation)
            return
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(found == expected, "\(name) is not:\n\(found)", sourceLocation: sourceLocation)
    }
}
