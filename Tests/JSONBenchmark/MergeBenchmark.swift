import JSONDocument

/// Merging three versions of a document in which each side changed a few reports.
struct MergeBenchmark {
    let byteCount: Int
    private let base: [UInt8]
    private let mine: [UInt8]
    private let theirs: [UInt8]

    init(bytes: Int) throws {
        base = SampleDocument.bytes(atLeast: bytes)
        byteCount = base.count
        mine = try Self.edited(base, from: 3, marked: "mine")
        theirs = try Self.edited(base, from: 5, marked: "theirs")
    }

    /// Reads all three anew, so that they share no storage.
    func parse() throws -> [JSONValue] {
        [
            try JSONValue(parsing: base), try JSONValue(parsing: mine),
            try JSONValue(parsing: theirs),
        ]
    }

    /// Renames, shares, moves, removes and adds a few reports.
    private static func edited(
        _ document: [UInt8],
        from start: Int,
        marked mark: JSONString
    ) throws -> [UInt8] {
        var document = try JSONValue(parsing: document)
        var reports = document["reports"]?.array ?? []
        for index in stride(from: start, to: reports.count, by: reports.count / 5) {
            try reports[index].set(.string(mark), at: JSONPointer(tokens: ["name"]))
        }
        reports.remove(at: start)
        reports.insert(reports.remove(at: reports.count / start), at: 0)
        reports.append(["id": .string(mark), "operatorIds": ["101"]])
        try document.set(.array(reports), at: JSONPointer(tokens: ["reports"]))
        return document.serialized()
    }
}
