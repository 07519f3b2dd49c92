/// Whose document: one per domain, application and agent, compared byte for byte.
struct DocumentAddress: Sendable {
    let domain: String
    let application: String
    let agent: String

    /// The three ids as percent-encoded ASCII, safe in a log line, a URL and a file's path.
    var path: String {
        [domain, application, agent].map(PathSegment.encode).joined(separator: "/")
    }
}

extension DocumentAddress: Hashable {
    // Swift compares strings by canonical equivalence, under which different ids can be equal.
    static func == (left: DocumentAddress, right: DocumentAddress) -> Bool {
        left.path == right.path
    }

    func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
