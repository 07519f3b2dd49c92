import Foundation

/// Where the built programs and the repository's files are.
enum Products {
    /// Tests run from the folder that the programs are built into.
    static func path(of program: String) -> String { directory + "/" + program }

    static let directory = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    /// The path of a file under `Samples`.
    static func sample(_ path: String) -> String {
        URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Samples/\(path)").path
    }
}
