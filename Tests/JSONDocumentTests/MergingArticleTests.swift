import Foundation
import Testing

/// The article about merging, whose examples are to be true.
@Suite struct MergingArticleTests {
    @Test func `Every example of the article comes out as it says`() throws {
        let examples = try Self.examples()
        #expect(examples.count == 15)
        for example in examples { try example.check() }
    }

    /// The blocks of the article that show versions, a line each.
    private static func examples() throws -> [MergeCase] {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appending(path: "Sources/JSONDocument/JSONDocument.docc/Merging.md")
        let blocks = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "```")
        return blocks.filter { $0.hasPrefix("\nbase ") }.map { block in
            var lines: [String: String] = [:]
            for line in block.split(separator: "\n") {
                let parts = line.split(separator: " ", maxSplits: 1)
                lines[String(parts[0])] = parts.last.map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
            }
            return MergeCase(
                block,
                base: lines["base"],
                mine: lines["mine"],
                theirs: lines["theirs"],
                merged: lines["merged"],
                conflicts: lines["open"]?.split(separator: " ").map(String.init) ?? []
            )
        }
    }
}
