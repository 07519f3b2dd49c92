import Foundation
import SeededRandom
import Testing

@testable import arm_server

/// The server's reader is its own; libxml2, by way of xmllint, says
/// whether it is right.
@Suite("Reading XML as libxml2 does")
struct SecondOpinionTests {
    @Test("Damaged at random, a text is refused by both or taken by both", arguments: [1, 2, 3])
    func damaged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // Document types and other encodings the server refuses on purpose.
        let texts = (0..<1_500).map { _ in Self.damaged(Self.samples, &random) }
            .filter { text in
                !["<!D", "encod"].contains { text.firstRange(of: Array($0.utf8)) != nil }
                    || text.firstRange(of: Array("encoding=\"UTF-8\"".utf8)) != nil
            }
        let verdicts = try Self.verdicts(on: texts)
        for (text, verdict) in zip(texts, verdicts) where Self.isTaken(text) != verdict {
            let shown = String(decoding: text, as: UTF8.self).debugDescription
            Issue.record("seed \(seed): libxml2 says \(verdict) to \(shown)")
        }
        #expect(verdicts.contains(true) && verdicts.contains(false), "seed \(seed) damages badly")
    }

    private static func isTaken(_ text: [UInt8]) -> Bool {
        (try? XMLReader.element(from: text)) != nil
    }

    static let samples = [
        Station.saveRequest("<user_data user_data='{&quot;a&quot;:[1,&#9;\"й😀\"]}'/>"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><in a=\"1\" b='2'>t&lt;<x/>\r\n</in>\n",
        "<a xmlns='urn:d' xmlns:p='urn:p' p:x='1' x='2'><p:b><![CDATA[<&]]>]]</p:b><?pi x?></a>",
        "<a b=' x\t\n' c='&#x9;&amp;&apos;'>\u{1F600}<b></b >&gt;<b/>&#x1F600;</a >",
    ]

    private static let pieces = [
        "<", ">", "/", "'", "\"", "&", ";", "=", " ", "\n", "\r", "\t", "]", "]]>", "-", "--", "!",
        "?", ":", "x", "&#", "&lt;", "<b>", "</b>", "xmlns", "й", "\u{300}", "\u{FFFE}", "\u{0}",
    ]

    private static func damaged(_ samples: [String], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(samples[Int.random(in: samples.indices, using: &random)].utf8)
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...2, using: &random))
            let piece = pieces[Int.random(in: pieces.indices, using: &random)]
            bytes.replaceSubrange(start..<end, with: piece.utf8)
        }
        return bytes
    }

    /// Which of the texts libxml2 takes. Its doubts about the spelling of a namespace's URI do not
    /// count: XML leaves that open.
    private static func verdicts(on texts: [[UInt8]]) throws -> [Bool] {
        let scratch = try ScratchFolder()
        let names = texts.indices.map { "\($0).xml" }
        for (name, text) in zip(names, texts) {
            try Data(text).write(to: scratch.root.appendingPathComponent(name))
        }
        let process = Process()
        let errors = scratch.root.appendingPathComponent("errors")
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
        process.currentDirectoryURL = scratch.root
        process.arguments = ["--noout", "--nonet"] + names
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        var isTaken = [Bool](repeating: true, count: texts.count)
        for line in String(decoding: try Data(contentsOf: errors), as: UTF8.self).split(
            separator: "\n"
        ) {
            let parts = line.split(separator: ".xml:", maxSplits: 1)
            guard parts.count == 2, let index = Int(parts[0]), isTaken.indices.contains(index),
                parts[1].contains(" error : "), !parts[1].contains("URI")
            else { continue }
            isTaken[index] = false
        }
        return isTaken
    }
}
