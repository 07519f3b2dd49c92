import Foundation

/// The document that the stations of a random history share.
struct SharedDocument: Codable {
    struct Report: Codable {
        var id: Int
        var note: Int?
    }

    /// One place for each station, which nobody else changes.
    var own: [String: Int]
    /// Places that everybody changes.
    var shared: [String: Int]
    var reports: [Report]
    /// A set of scalars, and what else was added once and never changed.
    var ids: [Int]
    var marks: [String: Int]

    init(stations: Int) {
        own = Dictionary(uniqueKeysWithValues: (0..<stations).map { (String($0), 0) })
        shared = ["a": 0, "b": 0]
        reports = [Report(id: -1), Report(id: -2)]
        ids = [-1]
        marks = [:]
    }

    init(parsing text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// Every edit whose command had returned 0, and what it means for the document in the end.
///
/// Each edit writes a number that is written only once, so that what is found tells whose it is.
struct Ledger {
    /// The last edit of the place that only this station changes.
    var own: [Int: Int] = [:]
    /// What was written where everybody writes: any of it may win, knowingly.
    var shared: [String: Set<Int>] = ["a": [0], "b": [0]]
    var reports: Set<Int> = [-1, -2]
    /// Removed by the station that had added it, and noted on by nobody.
    var removed: Set<Int> = []
    /// Noted on: a removal beside that is a conflict, which somebody settles.
    var noted: [Int: Set<Int>] = [:]
    var ids: Set<Int> = [-1]
    var marks: Set<Int> = []

    /// What of it does not hold in this document, in words.
    func violations(in document: SharedDocument) -> [String] {
        var found: [String] = []
        for (station, number) in own where document.own[String(station)] != number {
            let holds = document.own[String(station)].map(String.init) ?? "nothing"
            found.append(
                "own place of station \(station): \(number) was accepted last, not \(holds)"
            )
        }
        for (place, written) in shared where !written.contains(document.shared[place] ?? .min) {
            found.append("shared place \(place) holds what nobody wrote")
        }
        let present = Set(document.reports.map(\.id))
        if present.count != document.reports.count { found.append("a report is there twice") }
        found += reports.subtracting(present).sorted().map { "report \($0) is gone" }
        found += removed.intersection(present).sorted().map { "report \($0) was removed" }
        for report in document.reports {
            guard let note = report.note else { continue }
            if noted[report.id]?.contains(note) != true {
                found.append("report \(report.id) holds a note that nobody wrote")
            }
        }
        if Set(document.ids) != ids || document.ids.count != ids.count {
            found.append("ids \(document.ids.sorted()) where \(ids.sorted()) were accepted")
        }
        let marked = Set(document.marks.keys.compactMap { Int($0) })
        found += marks.subtracting(marked).sorted().map { "mark \($0) is gone" }
        return found
    }
}
