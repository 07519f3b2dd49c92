import Foundation

/// libxml2's command line: a second opinion on our XML, by people who never saw our code.
struct XMLLint {
    let status: Int32
    let output: [UInt8]
    let complaints: String

    /// Runs `xmllint` over a document. Where it is not installed, `env` ends with 127 and the status
    /// tells: a missing second opinion is a failure, never a silent pass.
    init(_ arguments: [String], document: [UInt8]) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "xmllint-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "document.xml")
        let complaints = folder.appending(path: "complaints.txt")
        try Data(document).write(to: file)
        try Data().write(to: complaints)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xmllint", "--nonet"] + arguments + [file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
        self.output = [UInt8](try output.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        status = process.terminationStatus
        self.complaints = String(decoding: try Data(contentsOf: complaints), as: UTF8.self)
    }
}
