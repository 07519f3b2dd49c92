import Foundation
import NIOHTTP1
import Testing

@testable import arm_server

@Suite("Documents in a folder")
struct DocumentFolderTests {
    @Test("They survive a restart, odd ids and odd values included")
    func restart() throws {
        let scratch = try ScratchFolder()
        let json = "{\"a\":\"\t\r\n'😀\"}"
        let path = "documents/d%2F../..%2F..%2Fx/.%D0%B9"
        let before = try Station(folder: scratch.documents)
        #expect(try before.control(.PUT, path, Array(json.utf8)).status == 200)
        _ = try before.save("t <p:a xmlns:p='urn:p'/>", application: "..", agent: ".")
        _ = try before.save("<gone/>", application: "gone")
        _ = try before.control(.DELETE, "documents/biysk.local/gone/102")

        let after = try Station(folder: scratch.documents)
        #expect(try after.control(.GET, path).body == json)
        #expect(
            try after.read(application: "..", agent: ".")
                == before.read(application: "..", agent: ".")
        )
        #expect(try after.control(.GET, "documents/biysk.local/gone/102").status == 404)
        #expect(try scratch.files() == ["%2E.%2F..%2Fx/%2E%D0%B9.xml", "%2E./%2E.xml"])
    }

    @Test("An id too long for a file is refused, and memory keeps what the folder has")
    func tooLong() throws {
        let scratch = try ScratchFolder()
        let station = try Station(folder: scratch.documents)
        let name = String(repeating: "й", count: 2048)
        #expect(try station.save("<x/>", application: name).contains("cannot be stored"))
        #expect(try station.read(application: name).contains("<user_data/>"))
        #expect(try Station().save("<x/>", application: name).contains("<ok/>"))
    }

    @Test("A file that is no document stops the start and is named")
    func damaged() throws {
        let scratch = try ScratchFolder()
        _ = try Station(folder: scratch.documents).save("<x/>")
        let file = scratch.root.appendingPathComponent("biysk.local/hodor/102.xml")
        try Data("<user_data".utf8).write(to: file)
        let problem = #expect(throws: FolderProblem.self) { try Store(folder: scratch.documents) }
        #expect(problem?.message.contains("hodor/102.xml is not a stored document") == true)
    }
}

/// A folder that goes when the test is over.
final class ScratchFolder {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory
            .appendingPathComponent("arm-server-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    var documents: DocumentFolder { DocumentFolder(root: root) }

    /// The files below the folders of the domains.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(".xml") }
            .map { $0.split(separator: "/").dropFirst().joined(separator: "/") }
            .sorted()
    }
}
