import Foundation

/// Something that was kept of what came in, numbered in the order of coming.
protocol Record: Sendable, Encodable {
    var sequence: Int { get set }
    /// One line for the log.
    var line: String { get }
}

extension Record {
    /// One line of JSON.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}

/// The newest records of a kind.
struct RecordBook<Entry: Record>: Sendable {
    private(set) var entries: [Entry] = []
    private var last = 0

    /// The oldest go beyond this many, a tenth at a time.
    static var most: Int { 10_000 }

    mutating func keep(_ entry: Entry) -> Entry {
        last += 1
        var entry = entry
        entry.sequence = last
        if entries.count >= Self.most { entries.removeFirst(Self.most / 10) }
        entries.append(entry)
        return entry
    }

    mutating func removeAll() { entries = [] }

    /// One JSON object a line.
    var lines: String { entries.map { $0.json + "\n" }.joined() }
}
