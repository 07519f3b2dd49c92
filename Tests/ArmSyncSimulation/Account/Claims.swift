import ArmSync
import JSONDocument

/// The account of every accepted edit of a history.
///
/// Each write has a number of its own, and that number is the value it writes. So the document in
/// the end tells which write won at each spot: an edit is lost where what it replaced stands there
/// again, and nobody had decided so.
struct Claims {
    /// An edit that nobody has knowingly replaced or given up.
    struct Claim {
        var spot: Spot
        var station: Int
        var number: Int
        var removes: Bool
        /// What it and its author's edits before it replaced.
        var replaced: Set<Int>
        /// When the server first held it, in milliseconds.
        var arrivedAt: Int64?
        /// Saves that its station has confirmed since then.
        var savesSince = 0
        /// Whether its station has ceased to watch it, or may have.
        var isUnwatched = false

        fileprivate init(
            _ number: Int,
            at spot: Spot,
            removes: Bool,
            by station: Int,
            replacing replaced: Set<Int>
        ) {
            self.number = number
            self.spot = spot
            self.removes = removes
            self.station = station
            self.replaced = replaced
        }
    }

    private(set) var claims: [Claim] = []
    private var removed: [Spot: Int] = [:]
    private var seen: [Int: [Spot: Set<Int>]] = [:]
    /// Whose edit a number is.
    private var authors: [Int: Int] = [:]
    /// Edits that were begun and not accepted.
    private var begun: [Begun] = []
    private var last = 0

    private struct Begun {
        var number: Int
        var spot: Spot
        var removes: Bool
        var station: Int
        var read: JSONValue?
    }

    /// The number of the write that made the spot what it is.
    func number(at spot: Spot, in document: JSONValue?) -> Int {
        guard let value = document?[spot] else { return removed[spot] ?? -1 }
        guard case .number(let number) = value, let write = Int(number.literal) else { return 0 }
        return write
    }

    /// A number for a write that is about to be made.
    mutating func nextNumber(at spot: Spot, removes: Bool) -> Int {
        last += 1
        if removes { removed[spot] = last }
        return last
    }

    /// The number of a station's edit that is about to be made. Where it fails it may be there all
    /// the same, and counts as accepted once it is seen.
    mutating func begin(at spot: Spot, removes: Bool, by station: Int, over read: JSONValue?) -> Int
    {
        let number = nextNumber(at: spot, removes: removes)
        authors[number] = station
        begun.append(
            Begun(number: number, spot: spot, removes: removes, station: station, read: read)
        )
        return number
    }

    /// A station has this now: what was begun and shows in it is accepted.
    mutating func find(in local: JSONValue?, of station: Int) {
        for edit in begun where edit.station == station {
            let isThere =
                edit.removes
                ? local?[edit.spot] == nil : number(at: edit.spot, in: local) == edit.number
            guard isThere else { continue }
            begun.removeAll { $0.number == edit.number }
            accept(edit)
        }
    }

    private mutating func accept(_ edit: Begun) {
        let (spot, station) = (edit.spot, edit.station)
        let replaced = claims.filter { $0.spot == spot && $0.station == station }
            .reduce(into: Set([number(at: spot, in: edit.read)])) { $0.formUnion($1.replaced) }
        let known = seen[station]?[spot] ?? []
        claims.removeAll { $0.spot == spot && known.contains($0.number) }
        claims.append(
            Claim(
                edit.number,
                at: spot,
                removes: edit.removes,
                by: station,
                replacing: replaced
            )
        )
        seen[station, default: [:]][spot, default: []].insert(edit.number)
    }

    /// A rival's write over what it had read.
    mutating func write(at spot: Spot, over read: JSONValue?) {
        let before = number(at: spot, in: read)
        claims.removeAll { $0.spot == spot && $0.number == before }
    }

    /// A station sees a version of the document.
    ///
    /// What is neither an edit that has been at the server nor what that one replaced was written by
    /// somebody else, and nobody can tell it from something written later: the edit is over.
    mutating func see(_ version: JSONValue?, by station: Int) {
        for spot in Spot.allCases {
            let number = number(at: spot, in: version)
            seen[station, default: [:]][spot, default: []].insert(number)
            claims.removeAll { claim in
                claim.spot == spot && claim.station == station && claim.arrivedAt != nil
                    && claim.number != number && !claim.replaced.contains(number)
            }
        }
    }

    /// A station reads a version, while edits of its own wait.
    ///
    /// What somebody else has written there meanwhile is what they replace now: to go back behind
    /// that is a third value.
    mutating func read(_ version: JSONValue?, by station: Int) {
        for index in claims.indices
        where claims[index].station == station && claims[index].arrivedAt == nil {
            let number = number(at: claims[index].spot, in: version)
            if number == claims[index].number || claims[index].replaced.contains(number) {
                continue
            }
            if authors[number] != station { claims[index].replaced = [] }
            claims[index].replaced.insert(number)
        }
    }

    /// Somebody decided that one version's write at a spot is given up for another's.
    mutating func settle(
        _ spot: Spot,
        of loser: JSONValue?,
        for winner: JSONValue?,
        by station: Int
    ) {
        guard loser?[spot] != winner?[spot] else { return }
        let lost = number(at: spot, in: loser)
        let won = number(at: spot, in: winner)
        let isRemoval = loser?[spot] == nil
        claims.removeAll { claim in
            claim.spot == spot && (isRemoval ? claim.removes : claim.number == lost)
        }
        for index in claims.indices
        where claims[index].spot == spot && claims[index].number == won
            && claims[index].station == station
        {
            if authors[lost] != station { claims[index].replaced = [] }
            claims[index].replaced.insert(lost)
        }
    }

    /// A station reads that what it was about to remove is gone already: it has nothing more to
    /// say, and takes for a rival's what comes after.
    mutating func agree(_ read: JSONValue?, by station: Int, unsaved: (Spot) -> Bool) {
        claims.removeAll { claim in
            claim.station == station && claim.removes && read?[claim.spot] == nil
                && unsaved(claim.spot)
        }
    }

    /// A station knows that what it removed was never at the server: there is nothing to remove.
    mutating func dropVoidRemovals(by station: Int, where isVoid: (Spot) -> Bool) {
        claims.removeAll { claim in
            claim.station == station && claim.removes && claim.arrivedAt == nil
                && isVoid(claim.spot)
        }
    }

    /// A station has given up all it had.
    mutating func giveUp(by station: Int) { claims.removeAll { $0.station == station } }
}

extension Claims {
    mutating func change(_ body: (inout Claim) -> Void) {
        for index in claims.indices { body(&claims[index]) }
    }

    mutating func drop(where isOver: (Claim) -> Bool) { claims.removeAll(where: isOver) }

    /// The edits that are gone, watched to the end or not.
    func lost(in document: JSONValue?) -> [Claim] {
        claims.filter { claim in
            if claim.removes && document?[claim.spot] == nil { return false }
            let won = number(at: claim.spot, in: document)
            return won != claim.number && claim.replaced.contains(won)
        }
    }

    /// Edits of a station that it no longer has, though the server never had them.
    func missing(in local: JSONValue?, of station: Int) -> [Claim] {
        claims.filter { claim in
            guard claim.station == station, claim.arrivedAt == nil else { return false }
            if claim.removes && local?[claim.spot] == nil { return false }
            return number(at: claim.spot, in: local) != claim.number
        }
    }
}
