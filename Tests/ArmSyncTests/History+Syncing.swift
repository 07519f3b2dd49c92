import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom

/// A sync of a station, one request or one record at a time, so that anything may happen between.
extension History {
    mutating func proceed(_ index: Int, calm: Bool) throws {
        if !calm && generator.oneIn(15) {
            // Killed.
            replicas[index].stage = .idle
            return
        }
        let stage = replicas[index].stage
        replicas[index].stage = .idle
        switch stage {
        case .idle:
            let read = server.exchange(.read(.test), from: "\(index)", fault: fault(calm))
            guard case .success(.userData(let userData)) = read.judged else { return }
            replicas[index].stage = .read(userData)
        case .read(let userData): try decide(on: userData, index, calm: calm)
        case .save(let content): save(content, index, calm: calm)
        case .saved(let exchange): try finish(exchange, index)
        case .readBack:
            let read = server.exchange(.read(.test), from: "\(index)", fault: fault(calm))
            guard conditions.readsBack, case .success(.userData(let userData)) = read.judged,
                let record = replicas[index].state.afterReadingBack(userData)
            else { return }
            try replicas[index].fold(record, at: now())
        }
    }

    private mutating func decide(on userData: UserData, _ index: Int, calm: Bool) throws {
        let moment = now()
        if case .document(let value, _) = userData {
            let state = replicas[index].state
            ledger.agree(value, by: index) { place in
                state.base.content?.value[place] != nil && state.local?.value[place] == nil
            }
        }
        let decision = replicas[index].state.afterReading(
            userData,
            from: Station.binding,
            at: moment,
            sends: calm || !generator.oneIn(6)
        )
        if let record = decision.record { try replicas[index].fold(record, at: moment) }
        guard case .send(let content) = decision.step else { return }
        if userData == UserData(content) {
            complaints.append("replica \(index) says twice what the server holds")
        }
        let base = replicas[index].state.base.content.map { UserData($0) } ?? .absent
        if base != userData && !(base.isNothing && userData.isNothing) {
            complaints.append("replica \(index) sends over what it has not taken in")
        }
        replicas[index].stage = .save(content)
    }

    private mutating func save(_ content: Content, _ index: Int, calm: Bool) {
        let request = ArmRequest.save(.test, UserData(content))
        let fault = fault(calm)
        if fault == .requestLost && generator.oneIn(2) { underway.append(UserData(content)) }
        replicas[index].stage = .saved(
            server.exchange(request, from: "\(index)", fault: fault)
        )
    }

    private mutating func finish(_ exchange: Exchange, _ index: Int) throws {
        let moment = now()
        let state = replicas[index].state
        switch exchange.judged {
        case .success:
            guard let record = state.afterSaved(at: moment) else { return }
            try replicas[index].fold(record, at: moment)
            replicas[index].stage = .readBack
        case .failure(let failure):
            let record = state.afterFailure(failure, trouble: nil, ofSave: true)
            if let record { try replicas[index].fold(record, at: moment) }
        }
    }

    private mutating func fault(_ calm: Bool) -> ModelServer.Fault? {
        guard !calm, generator.oneIn(4) else { return nil }
        return ModelServer.Fault.allCases[generator.below(ModelServer.Fault.allCases.count)]
    }
}
