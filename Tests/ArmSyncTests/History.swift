import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom

/// One random history: stations whose reads and saves fall between each other's, faults, kills,
/// lost saves that arrive late, rivals without arm-sync; then calm, and an account of every edit.
struct History {
    /// What is switched off for comparison.
    struct Conditions {
        var watches = true
        var readsBack = true
        /// Whether rivals without arm-sync write, too.
        var rivals = true
    }

    let server = ModelServer()
    var replicas: [HistoryReplica]
    var ledger = HistoryLedger()
    var generator: SeededGenerator
    let conditions: Conditions
    /// Lost saves that may still arrive.
    var underway: [UserData] = []
    /// What a rival without arm-sync read, and will change and write back.
    private var readByRival: JSONValue?
    private var moment: Int64 = 0

    /// What went wrong, in words.
    var complaints: [String] = []

    init(seed: UInt64, under conditions: Conditions = Conditions()) {
        generator = SeededGenerator(seed: seed)
        self.conditions = conditions
        replicas = (0..<2 + generator.below(3)).map { _ in
            HistoryReplica(rereads: seed % 16 == 0, watches: conditions.watches)
        }
        if !generator.oneIn(8) {
            let start: JSONValue = ["k": 0, "a": 0, "b": 0, "l": [["id": 1, "v": 0]]]
            server.write(.json(start), to: .test)
        }
    }

    /// The places whose edits are lost in the end.
    var lost: [HistoryLedger.Place] {
        guard case .document(let value, _) = server.stored(.test) else {
            return ledger.lost(in: nil)
        }
        return ledger.lost(in: value)
    }

    mutating func run() throws {
        for _ in 0..<20 + generator.below(40) {
            let index = generator.below(replicas.count)
            switch generator.below(16) {
            case 0..<4: try edit(index)
            case 4..<13: try proceed(index, calm: false)
            case 13: try resolve(index, all: false)
            case 14: try generator.oneIn(4) ? discard(index) : resolve(index, all: false)
            default: happen()
            }
            check(index)
        }
        try settle()
    }

    /// Something that no station does: a late arrival, or a rival's read or write.
    private mutating func happen() {
        if !underway.isEmpty && generator.oneIn(2) {
            let late = underway.remove(at: generator.below(underway.count))
            server.write(late, to: .test)
            return
        }
        guard conditions.rivals else { return }
        guard let read = readByRival else {
            if case .document(let value, _) = server.stored(.test) { readByRival = value }
            return
        }
        readByRival = nil
        if generator.oneIn(6) {
            for place in HistoryLedger.Place.allCases {
                _ = ledger.write(place, removes: true, by: nil, over: read)
            }
            server.write(generator.pick(.absent, .empty, .json([:])), to: .test)
        } else {
            server.write(.json(changed(read, from: read, by: nil)), to: .test)
        }
    }

    /// A document with one place set to a value that was never there, or removed if the server had
    /// it: taking back what nobody has seen is no edit to account for.
    private mutating func changed(
        _ document: JSONValue,
        from known: JSONValue?,
        by station: Int?
    ) -> JSONValue {
        let place = HistoryLedger.Place.allCases[generator.below(6)]
        let removes = generator.oneIn(5) && document[place] != nil && known?[place] != nil
        let number = ledger.write(place, removes: removes, by: station, over: known)
        return document.setting(place, to: removes ? nil : .number(JSONNumber(number)))
    }

    private mutating func edit(_ index: Int) throws {
        let state = replicas[index].state
        let known = state.sent?.content ?? state.base.content
        let record = try state.editing(
            to: changed(state.editable, from: known?.value, by: index),
            author: "",
            form: .json,
            allowsEmpty: true
        )
        guard let record else { return }
        try replicas[index].fold(record, at: now())
    }

    private mutating func discard(_ index: Int) throws {
        let state = replicas[index].state
        guard let record = try? state.discarding(at: JSONPointer()) else { return }
        for place in HistoryLedger.Place.allCases
        where state.local?.value[place] != state.base.content?.value[place] {
            ledger.settle(place, of: state.local?.value, for: state.base.content?.value)
        }
        try replicas[index].fold(record, at: now())
    }

    /// Settles what is held one way or another: conflicts one by one, or the whole.
    private mutating func resolve(_ index: Int, all: Bool) throws {
        let state = replicas[index].state
        let rules = MergeRules()
        var decisions: [MergeConflict: MergeDecision] = [:]
        for conflict in state.conflicts(by: rules) {
            let isHeld = !all && generator.oneIn(3)
            decisions[conflict] = isHeld ? .hold : generator.pick(.mine, .theirs)
        }
        let moment = now()
        let record = try? state.resolving(author: "", by: rules, at: moment) { conflict in
            decisions[conflict] ?? .hold
        }
        if let record, case .value(let theirs) = state.remote {
            for (conflict, decision) in decisions where decision != .hold {
                let mine = state.local?.value
                let (winner, loser) =
                    decision == .mine ? (mine, theirs.value) : (theirs.value, mine)
                for place in HistoryLedger.Place.allCases where place.isInside(conflict) {
                    ledger.settle(place, of: loser, for: winner)
                }
            }
            try replicas[index].fold(record, at: moment)
            return
        }
        let side = generator.pick(Side.mine, .theirs)
        guard decisions.isEmpty,
            let record = try? state.resolving(side, author: "", by: rules, at: moment)
        else { return }
        try replicas[index].fold(record, at: moment)
        if side == .theirs { ledger.giveUp(by: index) }
        let mine = state.local?.value
        var theirs: JSONValue?
        if case .value(let content) = state.remote { theirs = content.value }
        let (winner, loser) = side == .mine ? (mine, theirs) : (theirs, mine)
        for place in HistoryLedger.Place.allCases {
            ledger.settle(place, of: loser, for: winner)
        }
    }

    /// Without faults, with all that was lost arrived and every conflict decided, all have to agree.
    private mutating func settle() throws {
        for late in underway { server.write(late, to: .test) }
        underway = []
        for index in replicas.indices { replicas[index].stage = .idle }
        for _ in 0..<40 {
            for index in replicas.indices {
                try resolve(index, all: true)
                repeat { try proceed(index, calm: true) } while !replicas[index].isIdle
                check(index)
            }
            if replicas.allSatisfy({ isSettled($0) }) { return }
        }
        complaints.append("the stations do not agree in the end")
    }

    /// Whether a station holds what the server holds and has nothing more to say.
    private func isSettled(_ replica: HistoryReplica) -> Bool {
        if replica.state.isUnsettled || replica.state.pendingEdits > 0 { return false }
        let stored = server.stored(.test)
        guard let local = replica.state.local else { return stored.isNothing }
        return stored == UserData(local)
    }

    private mutating func check(_ index: Int) {
        let state = replicas[index].state
        ledger.see(state.local?.value, by: index)
        ledger.see(state.base.content?.value, by: index)
        if case .value(let content) = state.remote { ledger.see(content.value, by: index) }
        if state.hasUnsaved && state.pendingEdits == 0 {
            complaints.append("replica \(index) has something unsaved and no edits")
        }
    }

    mutating func now() -> Timestamp {
        moment += 1
        return .at(moment)
    }
}

extension HistoryReplica {
    var isIdle: Bool { if case .idle = stage { true } else { false } }
}
