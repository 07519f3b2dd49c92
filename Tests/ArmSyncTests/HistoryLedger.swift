import ArmSync
import JSONDocument

/// The account of every accepted edit of a history.
///
/// Each write has a number of its own, and that number is the value it writes. So the document in
/// the end tells which write won at each place: an edit is lost where an older one did, and nobody
/// had decided so.
struct HistoryLedger {
    /// A place that edits change: a member, or `v` of an element of the list `l`.
    enum Place: Hashable, CaseIterable {
        case a, b, c, one, two, three

        var tokens: [JSONString] {
            switch self {
            case .a: ["a"]
            case .b: ["b"]
            case .c: ["c"]
            case .one: ["l", "{id=1}", "v"]
            case .two: ["l", "{id=2}", "v"]
            case .three: ["l", "{id=3}", "v"]
            }
        }

        /// The element's identity, where it is in the list.
        var identity: JSONValue? {
            switch self {
            case .a, .b, .c: nil
            case .one: 1
            case .two: 2
            case .three: 3
            }
        }

        func isInside(_ conflict: MergeConflict) -> Bool {
            tokens.starts(with: conflict.name.tokens)
        }
    }

    /// Edits accepted by stations: the latest at each place.
    private var accepted: [Place: Int] = [:]
    private var removed: [Place: Int] = [:]
    private var settled: [Place: Int] = [:]
    private var last = 0

    /// The number of a write at a place.
    mutating func write(_ place: Place, removes: Bool, isEdit: Bool) -> Int {
        last += 1
        if removes { removed[place] = last }
        if isEdit { accepted[place] = last }
        return last
    }

    /// Somebody decided that a version's write at a place is given up.
    mutating func settle(_ place: Place, of version: JSONValue?) {
        settled[place] = max(settled[place] ?? 0, number(at: place, in: version))
    }

    /// The edits that an older write has won over. An own edit takes the place of those before it,
    /// and so does any later write that a station has read.
    func lost(in document: JSONValue?) -> [Place] {
        Place.allCases.filter { place in
            let won = max(number(at: place, in: document), settled[place] ?? 0)
            return won < accepted[place] ?? 0
        }
    }

    /// The number of the write that made the place what it is.
    private func number(at place: Place, in document: JSONValue?) -> Int {
        guard let value = document?[place] else { return removed[place] ?? 0 }
        guard case .number(let number) = value, let write = Int(number.literal) else { return 0 }
        return write
    }
}

extension JSONValue {
    /// The value at a place; nil where there is none.
    subscript(place: HistoryLedger.Place) -> JSONValue? {
        guard let identity = place.identity else { return self[place.tokens[0]] }
        return self["l"]?.array?.first { $0["id"] == identity }?["v"]
    }

    /// The document with another value at a place, or none.
    func setting(_ place: HistoryLedger.Place, to value: JSONValue?) -> JSONValue {
        guard case .object(var object) = self else { return self }
        guard let identity = place.identity else {
            object[place.tokens[0]] = value
            return .object(object)
        }
        var elements = self["l"]?.array ?? []
        let element = value.map { ["id": identity, "v": $0] as JSONValue }
        if let index = elements.firstIndex(where: { $0["id"] == identity }) {
            elements.replaceSubrange(index...index, with: element.map { [$0] } ?? [])
        } else if let element {
            elements.append(element)
        }
        object["l"] = .array(elements)
        return .object(object)
    }
}
