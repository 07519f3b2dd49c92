import SeededRandom

extension Story {
    /// The story of a seed.
    init(random seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let stations = generator.oneIn(10) ? 1 : 2 + generator.below(3)
        self.init(
            stations: stations,
            isEmpty: generator.oneIn(8),
            hasDisks: generator.oneIn(8),
            seed: generator.next(),
            steps: []
        )
        // Faults of one kind at a time leave the rest in order, so that much happens in spite of
        // them.
        let troubles = Troubles(&generator, hasDisks: hasDisks)
        for _ in 0..<8 + generator.below(20) {
            steps.append(generator.step(at: generator.below(stations), troubles))
        }
    }

    /// What goes wrong in a story.
    fileprivate struct Troubles {
        var link: Bool
        var rivals: Bool
        var disk: Bool
        var deaths: Bool
        var clocks: Bool

        init(_ generator: inout SeededGenerator, hasDisks: Bool) {
            link = !generator.oneIn(4)
            rivals = generator.oneIn(2)
            disk = hasDisks && generator.oneIn(2)
            deaths = generator.oneIn(2)
            clocks = generator.oneIn(6)
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func step(at station: Int, _ troubles: Story.Troubles) -> Story.Step {
        switch below(24) {
        case 0..<6:
            let kind: Story.EditKind =
                oneIn(5) ? .removal : oneIn(12) ? .replacement : .value
            let effects = troubles.deaths && oneIn(10) ? below(8) : nil
            return .edit(station, spot(), kind, diesAfter: effects)
        case 6..<15: return .sync(station, syncPlan(troubles))
        case 15..<17: return .wait(seconds: pick(1, 2, 5, 20, 60, 150, 300))
        case 17: return .decide(station, seed: next())
        case 18: return oneIn(3) ? .discard(station) : oneIn(2) ? .undo(station) : .retry(station)
        case 19, 20:
            guard troubles.rivals else { return .wait(seconds: 1) }
            return oneIn(12)
                ? .rivalEmpties
                : oneIn(2) ? .rivalReads : .rivalWrites(spot(), removes: oneIn(5))
        case 21:
            guard troubles.deaths else { return .sync(station, syncPlan(troubles)) }
            return oneIn(2) ? .kill(station) : .powerCut(station, seed: next())
        case 22:
            guard troubles.disk else { return .wait(seconds: 2) }
            let error = Story.DiskError.allCases[below(Story.DiskError.allCases.count)]
            return .diskError(station, error, after: oneIn(2) ? 0 : below(4))
        default:
            guard troubles.clocks else { return .sync(station, syncPlan(troubles)) }
            return .clock(station, hours: pick(-24, -1, 1, 24 * 365))
        }
    }

    private mutating func spot() -> Spot { Spot.allCases[below(Spot.allCases.count)] }

    private mutating func syncPlan(_ troubles: Story.Troubles) -> Story.SyncPlan {
        var plan = Story.SyncPlan()
        plan.isUnattended = oneIn(5)
        plan.sends = !oneIn(8)
        if troubles.deaths && oneIn(10) { plan.diesAfter = below(20) }
        plan.passages = (0..<below(5)).map { _ in
            let delay = Int64(pick(20, 200, 800, 2_500))
            return Passage(delay: delay, fault: troubles.link && oneIn(4) ? fault() : nil)
        }
        return plan
    }

    private mutating func fault() -> Passage.Fault {
        switch below(8) {
        case 0: .unreachable
        case 1: .refused
        case 2: oneIn(2) ? .unauthenticated : .garbled
        case 3: .requestLost
        case 4, 5: .answerLost
        case 6: .late(seconds: pick(1, 31, 45, 120, 400))
        default: .twice(seconds: pick(1, 5, 40, 400))
        }
    }
}
