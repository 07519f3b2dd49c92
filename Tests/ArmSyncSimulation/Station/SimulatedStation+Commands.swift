import ArmProtocol
import ArmSync
import ArmSyncStorage
import JSONDocument
import SeededRandom

/// What people do at a station. What the store refuses is refused; the account knows.
extension SimulatedStation {
    private static let rules = MergeRules()

    private func update(
        dyingAfter effects: Int? = nil,
        _ decide: (DocumentState) throws -> Record?
    ) {
        let process = startProcess(dyingAfter: effects)
        defer { process.kill() }
        do {
            try store(of: process).update(Self.key, at: now, decide: decide)
        } catch {
            if case .failed(let error) = error, error.code == .unreadable {
                account.complain("station \(index): \(error.message)")
            }
        }
    }

    /// Sets a spot to a value that was never there, or removes what the server had there.
    func edit(_ spot: Spot, _ kind: Story.EditKind, dyingAfter effects: Int?) {
        let state = promised
        let known = (state.sent?.content ?? state.base.content)?.value
        let removes =
            kind == .removal && state.local?.value[spot] != nil && known?[spot] != nil
        let number = account.keep {
            $0.begin(at: spot, removes: removes, by: index, over: known)
        }
        account.noteWriter(index, at: spot)
        if kind == .replacement { noteReplacing(state.editable, except: spot) }
        let value = removes ? nil : JSONValue.number(JSONNumber(number))
        update(dyingAfter: effects) { state in
            try state.editing(
                to: state.editable.setting(spot, to: value),
                author: "",
                form: .json,
                allowsEmpty: true,
                replaces: kind == .replacement
            )
        }
    }

    /// A new document says of everything that is not in it that it shall go.
    private func noteReplacing(_ document: JSONValue, except edited: Spot) {
        for spot in Spot.allCases where spot != edited {
            account.noteWriter(index, at: spot)
            guard document[spot] == nil else { continue }
            account.keep { _ = $0.nextNumber(at: spot, removes: true) }
        }
    }

    func discard() {
        update { state in
            guard let record = try? state.discarding(at: JSONPointer()) else { return nil }
            settle(state.local?.value, for: state.base.content?.value)
            return record
        }
    }

    func undo() {
        update { state in
            guard let record = try? state.undoing(author: "", by: Self.rules),
                case .edit(let edit) = record.change
            else { return nil }
            settle(state.local?.value, for: try state.editable.applying(edit.patch))
            return record
        }
    }

    func retry() { update { $0.afterRetry() } }

    /// Settles what is held one way or another: conflicts one by one, or the whole.
    func decide(all: Bool, choosing seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        update { state in
            let conflicts = state.conflicts(by: Self.rules)
            for conflict in conflicts { account.checkConflict(conflict, at: index) }
            var decisions: [MergeConflict: MergeDecision] = [:]
            for conflict in conflicts {
                let isHeld = !all && generator.oneIn(3)
                decisions[conflict] = isHeld ? .hold : generator.pick(.mine, .theirs)
            }
            let side = generator.pick(Side.mine, .theirs)
            return conflicts.isEmpty
                ? decideWhole(side, state) : decide(conflicts, decisions, state)
        }
    }

    private func decide(
        _ conflicts: [MergeConflict],
        _ decisions: [MergeConflict: MergeDecision],
        _ state: DocumentState
    ) -> Record? {
        let record = try? state.resolving(author: "", by: Self.rules, at: now) {
            decisions[$0] ?? .hold
        }
        guard let record, case .value(let theirs) = state.remote else { return nil }
        let mine = state.local?.value
        for conflict in conflicts {
            let spots = Spot.allCases.filter { $0.isInside(conflict) }
            switch decisions[conflict] {
            case .mine: settle(theirs.value, for: mine, spots)
            case .theirs: settle(mine, for: theirs.value, spots)
            case .hold, .value, nil: break
            }
        }
        return record
    }

    private func decideWhole(_ side: Side, _ state: DocumentState) -> Record? {
        guard let record = try? state.resolving(side, author: "", by: Self.rules, at: now) else {
            return nil
        }
        var theirs: JSONValue?
        if case .value(let content) = state.remote { theirs = content.value }
        switch side {
        case .mine: settle(theirs, for: state.local?.value)
        case .theirs:
            account.keep { $0.giveUp(by: index) }
            settle(state.local?.value, for: theirs)
        }
        return record
    }

    private func settle(
        _ loser: JSONValue?,
        for winner: JSONValue?,
        _ spots: [Spot] = Spot.allCases
    ) {
        // Whoever decides writes, too.
        for spot in spots where loser?[spot] != winner?[spot] {
            account.noteWriter(index, at: spot)
        }
        account.keep { claims in
            for spot in spots { claims.settle(spot, of: loser, for: winner, by: index) }
        }
    }
}
