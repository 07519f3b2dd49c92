import Foundation

/// Documents as files, `DOMAIN/APPLICATION/AGENT.xml`, each a `user_data` element.
struct DocumentFolder: Sendable {
    let root: URL

    /// Everything in the folder, which is created if it is not there.
    func load() throws(FolderProblem) -> [DocumentAddress: [Node]] {
        var documents: [DocumentAddress: [Node]] = [:]
        for domain in try entries(of: root, creating: true) {
            for application in try entries(of: domain) {
                for file in try entries(of: application) where file.pathExtension == "xml" {
                    let names = [domain, application, file.deletingPathExtension()].map(
                        \.lastPathComponent
                    )
                    let ids = names.compactMap(PathSegment.decode)
                    guard ids.count == 3 else {
                        throw FolderProblem(message: "\(file.path): its name is no encoded id")
                    }
                    let address = DocumentAddress(
                        domain: ids[0],
                        application: ids[1],
                        agent: ids[2]
                    )
                    documents[address] = try content(of: file)
                }
            }
        }
        return documents
    }

    /// Writes aside and renames, so that a killed server leaves the old document or the new one.
    func write(_ content: [Node], at address: DocumentAddress) throws(FolderProblem) {
        let file = file(of: address)
        let bytes = XMLWriter.document(Element(name: "user_data", content: content))
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw FolderProblem(message: "\(file.path) cannot be written: \(error)")
        }
    }

    func remove(_ address: DocumentAddress) throws(FolderProblem) {
        let file = file(of: address)
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        do {
            try FileManager.default.removeItem(at: file)
        } catch {
            throw FolderProblem(message: "\(file.path) cannot be removed: \(error)")
        }
    }

    private func file(of address: DocumentAddress) -> URL {
        root.appendingPathComponent(address.path + ".xml", isDirectory: false)
    }

    private func entries(of folder: URL, creating: Bool = false) throws(FolderProblem) -> [URL] {
        do {
            if creating {
                try FileManager.default.createDirectory(
                    at: folder,
                    withIntermediateDirectories: true
                )
            }
            return try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: nil
            )
        } catch {
            throw FolderProblem(message: "\(folder.path) cannot be read: \(error)")
        }
    }

    private func content(of file: URL) throws(FolderProblem) -> [Node] {
        do {
            return try XMLReader.element(from: [UInt8](Data(contentsOf: file))).content
        } catch {
            throw FolderProblem(message: "\(file.path) is not a stored document: \(error)")
        }
    }
}

/// Why a folder of documents is of no use.
struct FolderProblem: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
