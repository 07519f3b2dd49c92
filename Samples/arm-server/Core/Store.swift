/// What is stored: for each address the content of its `user_data`, replaced as a whole.
struct Store: Sendable {
    private var documents: [DocumentAddress: [Node]] = [:]
    private let folder: DocumentFolder?

    /// A store in memory, or in memory over a folder, whose documents it loads.
    init(folder: DocumentFolder? = nil) throws(FolderProblem) {
        self.folder = folder
        if let folder { documents = try folder.load() }
    }

    /// The content; nil where nothing is stored.
    subscript(address: DocumentAddress) -> [Node]? { documents[address] }

    /// Replaces the whole; nil removes it. Memory changes only once the folder has.
    mutating func replace(
        _ address: DocumentAddress,
        with content: [Node]?
    ) throws(FolderProblem) {
        if let content {
            try folder?.write(content, at: address)
        } else {
            try folder?.remove(address)
        }
        documents[address] = content
    }
}
