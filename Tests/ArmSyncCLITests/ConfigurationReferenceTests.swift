import Foundation
import Testing

@testable import ArmSyncCLI

@Suite("The reference of settings in the documentation")
struct ConfigurationReferenceTests {
    private static let article = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/ArmSyncCLI/ArmSyncCLI.docc/Configuration.md")
    private static let heading = "## Reference\n"

    @Test("is the table of settings; UPDATE_GOLDEN=1 scripts/test --filter Reference renews it")
    func agrees() throws {
        let text = String(decoding: try Data(contentsOf: Self.article), as: UTF8.self)
        let start = try #require(text.range(of: Self.heading))
        guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else {
            #expect(String(text[start.upperBound...]) == Self.reference)
            return
        }
        let renewed = text[..<start.upperBound] + Self.reference
        try Data(renewed.utf8).write(to: Self.article)
        Issue.record("the reference was written anew: read it")
    }

    /// What follows the heading, to the article's end.
    private static var reference: String {
        Setting.groups.map { group in
            let rows = group.settings.map { setting in
                let names = [setting.key, setting.environment].compactMap(\.self)
                let cells = [
                    names.map { "`\($0)`" }.joined(separator: " "), setting.help,
                    setting.expected, setting.defaultText,
                ]
                return "| \(cells.joined(separator: " | ")) |\n"
            }
            return """

                ### \(group.title)

                | key and variable | what it is for | what it takes | default |
                |---|---|---|---|

                """ + rows.joined()
        }
        .joined()
    }
}
