import ArmSync
import JSONDocument

/// The account of every accepted edit of a history.
///
/// Each write has a number of its own, and that number is the value it writes. So the document in
/// the end tells which write won at each place: an edit is lost where what it replaced stands there
/// again, and nobody had decided so. Anything else is a rival's third value, which nobody can tell
/// from a later one.
struct HistoryLedger {
    /// An edit that nobody has knowingly replaced or given up.
    private struct Claim {
        var place: Place
        var station: Int
        var number: Int
        var removes: Bool
        /// What it and its author's edits before it replaced.
        var replaced: Set<Int>
    }

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

    private var claims: [Claim] = []
    private var removed: [Place: Int] = [:]
    private var seen: [Int: [Place: Set<Int>]] = [:]
    private var last = 0

    /// A station sees a version of the document.
    mutating func see(_ version: JSONValue?, by station: Int) {
        for place in Place.allCases {
            seen[station, default: [:]][place, default: []].insert(number(at: place, in: version))
        }
    }

    /// The number of a write at a place, made by a station or over what a rival had read.
    mutating func write(_ place: Place, removes: Bool, by station: Int?, over read: JSONValue?)
        -> Int
    {
        let before = number(at: place, in: read)
        let known = station.flatMap { seen[$0]?[place] } ?? [before]
        let replaced = claims.filter { $0.place == place && $0.station == station }
            .reduce(into: Set([before])) { $0.formUnion($1.replaced) }
        claims.removeAll { $0.place == place && known.contains($0.number) }
        last += 1
        if removes { removed[place] = last }
        guard let station else { return last }
        claims.append(
            Claim(
                place: place,
                station: station,
                number: last,
                removes: removes,
                replaced: replaced
            )
        )
        seen[station]?[place]?.insert(last)
        return last
    }

    /// Somebody decided that one version's write at a place is given up for another's.
    mutating func settle(_ place: Place, of loser: JSONValue?, for winner: JSONValue?) {
        guard loser?[place] != winner?[place] else { return }
        let lost = number(at: place, in: loser)
        let won = number(at: place, in: winner)
        let isRemoval = loser?[place] == nil
        claims.removeAll { claim in
            claim.place == place && (isRemoval ? claim.removes : claim.number == lost)
        }
        for index in claims.indices
        where claims[index].place == place && claims[index].number == won {
            claims[index].replaced.insert(lost)
        }
    }

    /// A station reads that what it was about to remove is gone already: it has nothing more to
    /// say, and takes for a rival's what comes after.
    mutating func agree(_ read: JSONValue, by station: Int, unsaved: (Place) -> Bool) {
        claims.removeAll { claim in
            claim.station == station && claim.removes
                && read[claim.place] == nil && unsaved(claim.place)
        }
    }

    /// A station has given up all it had.
    mutating func giveUp(by station: Int) { claims.removeAll { $0.station == station } }

    /// The places where an edit is lost.
    func lost(in document: JSONValue?) -> [Place] {
        claims.filter { claim in
            if claim.removes && document?[claim.place] == nil { return false }
            let won = number(at: claim.place, in: document)
            return won != claim.number && claim.replaced.contains(won)
        }
        .map(\.place)
    }

    /// The number of the write that made the place what it is.
    private func number(at place: Place, in document: JSONValue?) -> Int {
        guard let value = document?[place] else { return removed[place] ?? -1 }
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
