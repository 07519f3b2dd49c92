import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom

/// One random history: steps of stations and rivals under faults, then calm, then an account of
/// every accepted edit.
///
/// A station's read and save are one step: what a rival does in between the server cannot tell
/// anybody, and another mechanism has to notice. A kill falls between any two records of a step.
struct History {
    let server = ModelServer()
    /// Accepted edits that no station's document accounts for.
    private(set) var lost: [String] = []
    /// Saves over something that was neither taken over, nor saved, nor decided upon.
    private(set) var overwritten: [String] = []
    /// Saves of what the server held already.
    private(set) var repeated: [String] = []
    /// Stations that differ from the server in the end.
    private(set) var disagreements: [String] = []

    private var generator: SeededGenerator
    private var replicas: [HistoryReplica]
    private let binding = Station.binding
    private var moment: Int64 = 0
    private var written = 0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        let count = 1 + generator.below(3)
        replicas = (0..<count).map { HistoryReplica(name: "replica \($0)", rereads: seed % 8 == 0) }
        if generator.oneIn(2) { server.write(.json([:]), to: .test) }
    }

    mutating func run() throws {
        for _ in 0..<(5 + generator.below(25)) {
            let index = generator.below(replicas.count)
            switch generator.below(10) {
            case 0..<4: try edit(index)
            case 4..<8: try step(index, calm: false)
            case 8: try resolve(index)
            default: if generator.oneIn(2) { writeAsRival() }
            }
            account(for: index)
        }
        try settle()
    }

    /// Sets one of few members to one of few values, so that edits often undo or repeat others.
    private mutating func edit(_ index: Int) throws {
        let name = JSONString(generator.pick("a", "b"))
        let isThere = replicas[index].state.local?.value[name] != nil
        let operation: JSONPatch.Operation =
            isThere && generator.oneIn(3)
            ? .unset(name) : .set(name, .number(JSONNumber(generator.below(3))))
        let patch = JSONPatch([operation])
        let after = try replicas[index].state.editable.applying(patch)
        if after == replicas[index].state.local?.value { return }
        let record = Record(.edit(Edit(author: "", patch: patch)), event: .edited)
        try replicas[index].fold(record, at: now())
        replicas[index].expected = Content(after)
    }

    private mutating func writeAsRival() {
        written += 1
        let value: JSONValue = ["rival": .number(JSONNumber(generator.below(3)))]
        let data = generator.pick(UserData.json(value), .json([:]), .absent, .empty)
        server.write(generator.oneIn(4) ? data : .json(value), to: .test)
    }

    /// One sync of a station, which may fail or be killed anywhere.
    private mutating func step(_ index: Int, calm: Bool) throws {
        let name = replicas[index].name
        let readFault = fault(calm)
        let answer = server.exchange(.read(.test), from: name, fault: readFault)
        guard case .success(.userData(let userData)) = answer.judged else { return }
        let sent = replicas[index].state.sent?.content
        if sent.map({ .document($0.value, $0.form) }) == userData {
            replicas[index].known = userData
        }
        let isPull = !calm && generator.oneIn(5)
        let decision = replicas[index].state.afterReading(
            userData,
            from: binding,
            at: now(),
            sends: !isPull
        )
        if !calm && generator.oneIn(10) { return }
        if let record = decision.record { try replicas[index].fold(record, at: now()) }
        if case .settled(let tookOver) = decision.step {
            if tookOver { replicas[index].giveWay(&lost) }
            if !replicas[index].state.isUnsettled { replicas[index].applied = nil }
            replicas[index].known = userData
        }
        guard case .send(let content) = decision.step else { return }
        if !calm && generator.oneIn(10) { return }
        let save = ArmRequest.save(.test, .document(content.value, content.form))
        if !replicas[index].knows(server.stored(.test)) { overwritten.append(name) }
        if server.stored(.test) == .document(content.value, content.form) {
            repeated.append("\(name) said \(content.value) twice")
        }
        let saves = server.saves
        let end = server.exchange(save, from: name, fault: fault(calm))
        if server.saves > saves { replicas[index].applied = content }
        if !calm && generator.oneIn(10) { return }
        if !calm && generator.oneIn(3) { try edit(index) }
        let state = replicas[index].state
        switch end.judged {
        case .success:
            if let record = state.afterSaved(at: now()) {
                try replicas[index].fold(record, at: now())
            }
        case .failure(let failure):
            if let record = state.afterFailure(failure, trouble: nil, ofSave: true) {
                try replicas[index].fold(record, at: now())
            }
        }
    }

    private mutating func fault(_ calm: Bool) -> ModelServer.Fault? {
        guard !calm, generator.oneIn(3) else { return nil }
        return ModelServer.Fault.allCases[generator.below(ModelServer.Fault.allCases.count)]
    }

    private mutating func resolve(_ index: Int) throws {
        let side = generator.pick(Side.mine, .theirs)
        let state = replicas[index].state
        guard let record = try? state.resolving(side, author: "", at: now()) else { return }
        try replicas[index].fold(record, at: now())
        replicas[index].known = state.remote?.userData ?? .absent
        if side == .theirs {
            replicas[index].expected = replicas[index].state.local
            replicas[index].applied = nil
        }
    }

    /// Without faults, and with every conflict resolved, all have to agree in the end.
    private mutating func settle() throws {
        for round in 0..<12 {
            if round > 0 && replicas.allSatisfy({ isSettled($0) }) { return }
            for index in replicas.indices {
                try resolve(index)
                try step(index, calm: true)
                account(for: index)
            }
        }
        disagreements = replicas.filter { !isSettled($0) }.map(\.name)
    }

    /// Whether a station holds what the server holds and has nothing more to say.
    private func isSettled(_ replica: HistoryReplica) -> Bool {
        if replica.state.isUnsettled || replica.state.pendingEdits > 0 { return false }
        let stored = server.stored(.test)
        guard let local = replica.state.local else { return stored.isNothing }
        return stored == .document(local.value, local.form)
    }

    /// Local is what the last edit made it, until a takeover without unsaved edits or a resolution.
    private mutating func account(for index: Int) {
        let replica = replicas[index]
        if replica.state.local != replica.expected { lost.append(replica.name) }
        if replica.state.hasUnsaved && replica.state.pendingEdits == 0 {
            lost.append("\(replica.name) has something unsaved and no edits")
        }
    }

    private mutating func now() -> Timestamp {
        moment += 1
        return .at(moment)
    }
}
