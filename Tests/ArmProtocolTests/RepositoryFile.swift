import Foundation

/// Files of the repository that tests read as data.
enum RepositoryFile {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The fixture beside these tests.
    static func fixture(_ name: String) -> String {
        root.appending(path: "Tests/ArmProtocolTests/Fixtures/\(name)").path
    }

    /// The bytes of a file under `Samples`.
    static func sample(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appending(path: "Samples/\(path)")))
    }
}
