import Foundation
import Testing

/// What fuzzing has gathered and what it has found, once more and without it.
@Suite("Inputs of the fuzzers")
struct ReplayTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The files of a folder of inputs, by the target's name.
    private static func inputs(_ kind: String, _ target: FuzzTarget) throws -> [URL] {
        let folder = Self.folder.appending(path: "\(kind)/\(target.rawValue)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default
            .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    @Test("keep every promise", arguments: FuzzTarget.allCases)
    func corpus(target: FuzzTarget) throws {
        let files = try Self.inputs("Corpora", target)
        #expect(files.count >= 10, "a target without a corpus starts from nothing")
        for file in files { replay(file, target) }
    }

    @Test("that once broke a promise keep it now", arguments: FuzzTarget.allCases)
    func findings(target: FuzzTarget) throws {
        for file in try Self.inputs("Findings", target) { replay(file, target) }
    }

    private func replay(_ file: URL, _ target: FuzzTarget) {
        #expect(throws: Never.self, "\(target.rawValue): \(file.lastPathComponent)") {
            try target.run(Array(Data(contentsOf: file)))
        }
    }
}
