/// Two stations of one operator, and a switch; all three hold the same document.
struct Pair {
    let server: SampleServer
    let first: Station
    let second: Station

    /// - Parameter settings: more members of the first station's configuration file, as JSON.
    init(agreeingOn document: String, settings: String = "") throws {
        server = try SampleServer()
        first = try Station(server, settings: settings)
        second = try Station(server)
        try server.put(document)
        for station in [first, second] {
            let outcome = try station.run("pull")
            guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
        }
        try server.forgetRequests()
    }

    /// The second station saves `theirs` before the first one, which has made `mine` of the same
    /// document, has heard of it.
    func part(mine: String, theirs: String) throws {
        try second.become(theirs)
        let saved = try second.run("sync")
        guard saved.code == 0 else { throw Unexpected(description: saved.words) }
        try first.become(mine)
        try server.forgetRequests()
    }
}

extension Station {
    /// Makes this of the document: the edit is the difference.
    func become(_ document: String) throws {
        let outcome = try run("import", "-", input: document)
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
    }
}

/// A line of `conflicts --json`.
struct ConflictLine: Decodable {
    /// A value, of which nothing more is known than its number or its numbers, where it has any.
    struct Value: Decodable {
        var number: Int?
        var numbers: [Int]?

        init(from decoder: any Decoder) {
            number = try? decoder.singleValueContainer().decode(Int.self)
            numbers = try? decoder.singleValueContainer().decode([Int].self)
        }
    }

    var pointer: String
    var mine: Value?
    var theirs: Value?
    var digest: String
    var mine_pointer: String?
    var theirs_pointer: String?
    var held_because: String
}

extension Station {
    func conflicts() throws -> [ConflictLine] { try run("conflicts", "--json").decoded() }
}
