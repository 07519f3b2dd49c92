import ArmProtocol
import ArmSync
import JSONDocument
import Synchronization

/// What everybody in a history was promised, and what was found wrong with it.
final class Account: Sendable {
    /// How long after its arrival an edit is watched.
    static let window: Int64 = 600_000

    fileprivate struct Contents {
        var claims = Claims()
        var complaints: [String] = []
        /// Who has written at each spot; nil is somebody without arm-sync.
        var writers: [Spot: Set<Int?>] = [:]
        /// Spots at which the server has gone back to something older.
        var reverted: Set<Spot> = []
        /// What the server has ever held at each spot; nil is nothing.
        var held: [Spot: Set<JSONValue?>] = [:]
        /// Edits that were overwritten when nobody watched them any more.
        var unwatched = 0
    }

    private let contents = Mutex(Contents())
    /// Hears what happens, where somebody wants to know.
    private let narrator: (@Sendable (String) -> Void)?

    init(narrator: (@Sendable (String) -> Void)? = nil) { self.narrator = narrator }

    func narrate(_ what: () -> String) { narrator?(what()) }

    /// What was found wrong, in words.
    var complaints: [String] { contents.withLock { $0.complaints } }

    /// Edits that were overwritten unseen after the time for which that is promised to be noticed.
    var unwatched: Int { contents.withLock { $0.unwatched } }

    func complain(_ what: String) { contents.withLock { $0.complaints.append(what) } }

    func keep<Result>(_ body: (inout Claims) -> Result) -> Result {
        contents.withLock { body(&$0.claims) }
    }

    func noteWriter(_ station: Int?, at spot: Spot) {
        contents.withLock { _ = $0.writers[spot, default: []].insert(station) }
    }
}

// MARK: The server

extension Account {
    func serverChanged(from old: JSONValue?, to new: JSONValue?, at moment: Int64) {
        narrate { "\(moment): the server holds \(new?.text() ?? "nothing")" }
        contents.withLock { contents in
            for spot in Spot.allCases {
                let before = contents.claims.number(at: spot, in: old)
                let after = contents.claims.number(at: spot, in: new)
                contents.held[spot, default: [nil]].insert(new?[spot])
                if after < before || new?[spot] == nil && old?[spot] != nil {
                    contents.reverted.insert(spot)
                }
                let count = contents.claims.claims.count
                contents.claims.drop { claim in
                    let isUnwatched =
                        claim.isUnwatched
                        || claim.arrivedAt.map { moment - $0 >= Self.window } ?? false
                    return claim.spot == spot && claim.number == before && before != after
                        && claim.replaced.contains(after) && isUnwatched
                }
                contents.unwatched += count - contents.claims.claims.count
                contents.claims.change { claim in
                    guard claim.spot == spot, claim.arrivedAt == nil else { return }
                    if claim.removes ? new?[spot] == nil : claim.number == after {
                        claim.arrivedAt = moment
                    }
                }
            }
        }
    }
}

extension Account {
    /// The edits that are lost in the end though they were watched.
    func lost(in document: JSONValue?) -> [Claims.Claim] {
        contents.withLock { contents in
            let gone = contents.claims.lost(in: document)
            let lost = gone.filter { !$0.isUnwatched }
            contents.unwatched += gone.count - lost.count
            return lost
        }
    }
}

// MARK: The stations

extension Account {
    /// What a station starts from: an edit that nobody was told of may show in it.
    func stationStarts(_ station: Int, from state: DocumentState) {
        keep { $0.find(in: state.local?.value, of: station) }
    }

    /// A station's document has become this.
    func stationChanged(_ station: Int, to state: DocumentState, after event: Event?) {
        narrate {
            let remote: String
            switch state.remote {
            case .value(let content)?: remote = content.value.text()
            case .absent?: remote = "gone"
            case .foreign?: remote = "foreign"
            case nil: remote = "-"
            }
            return "station \(station) \(event.map { $0.rawValue } ?? "looks"): "
                + "local \(state.local?.value.text() ?? "-") "
                + "base \(state.base.content?.value.text() ?? "-") remote \(remote) "
                + "sent \(state.sent?.content.value.text() ?? "-")"
        }
        contents.withLock { contents in
            contents.claims.find(in: state.local?.value, of: station)
            if state.sent == nil {
                contents.claims.dropVoidRemovals(by: station) { spot in
                    state.base.content?.value[spot] == nil && state.local?.value[spot] == nil
                }
            }
            contents.claims.see(state.local?.value, by: station)
            contents.claims.see(state.base.content?.value, by: station)
            if let base = state.base.content?.value {
                contents.claims.read(base, by: station)
            }
            if case .value(let content) = state.remote {
                contents.claims.see(content.value, by: station)
            }
            if event == .saved || event == .arrived { contents.countSave(of: station) }
            for claim in contents.claims.missing(in: state.local?.value, of: station) {
                contents.complaints.append(
                    "station \(station) lost edit \(claim.number) at \(claim.spot) unsaved"
                )
            }
            if state.hasUnsaved && state.pendingEdits == 0 {
                contents.complaints.append("station \(station) has something unsaved and no edits")
            }
            for spot in Spot.allCases {
                guard let base = state.base.content?.value else { break }
                if contents.held[spot, default: [nil]].contains(base[spot]) { continue }
                contents.complaints.append(
                    "station \(station) has a base that the server never held, at \(spot)"
                )
            }
        }
    }

    /// A station shows a conflict: two have to have written there, or somebody to have taken back
    /// what another wrote.
    func checkConflict(_ conflict: MergeConflict, at station: Int) {
        contents.withLock { contents in
            let inside = Spot.allCases.filter { $0.isInside(conflict) }
            // Only who writes the whole document writes anywhere else.
            let spots = inside.isEmpty ? Spot.allCases : inside
            let writers = spots.reduce(into: Set<Int?>()) {
                $0.formUnion(contents.writers[$1] ?? [])
            }
            let isTrue =
                writers.count > 1 || spots.contains { contents.reverted.contains($0) }
            if isTrue { return }
            contents.complaints.append("station \(station) has a false conflict: \(conflict.name)")
        }
    }

    /// The clock of a station was put forward: what it watches may end before its time.
    func clockPutForward(at station: Int) {
        keep { claims in
            claims.change { claim in
                if claim.station == station, claim.arrivedAt != nil { claim.isUnwatched = true }
            }
        }
    }
}

extension Account.Contents {
    fileprivate mutating func countSave(of station: Int) {
        claims.change { claim in
            guard claim.station == station, claim.arrivedAt != nil else { return }
            claim.savesSince += 1
            if claim.savesSince > [Watch].saveLimit { claim.isUnwatched = true }
        }
    }
}

extension UserData {
    /// The document's value, where there is one.
    var value: JSONValue? {
        guard case .document(let value, _) = self else { return nil }
        return value
    }
}
