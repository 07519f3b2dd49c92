extension Story {
    /// A story as short as can be found in which still the same kind of thing goes wrong.
    ///
    /// - Parameter isWrong: plays a story.
    func shrunk(_ isWrong: (Story) -> Bool) -> Story {
        var story = self
        while let shorter = story.simplifications.first(where: isWrong) { story = shorter }
        return story
    }

    /// Stories with a little less in them, those with much less first.
    private var simplifications: [Story] {
        var stories: [Story] = []
        var length = steps.count / 2
        while length > 0 {
            for start in stride(from: 0, to: steps.count, by: length) {
                var story = self
                story.steps.removeSubrange(start..<min(start + length, steps.count))
                stories.append(story)
            }
            length /= 2
        }
        for index in steps.indices {
            for step in steps[index].simplifications {
                var story = self
                story.steps[index] = step
                stories.append(story)
            }
        }
        if hasDisks {
            var story = self
            story.hasDisks = false
            stories.append(story)
        }
        if stations > 1, !steps.contains(where: { $0.station == stations - 1 }) {
            var story = self
            story.stations -= 1
            stories.append(story)
        }
        return stories
    }
}

extension Story.Step {
    /// The station it happens at.
    var station: Int? {
        switch self {
        case .edit(let station, _, _, _), .sync(let station, _), .decide(let station, _),
            .discard(let station), .undo(let station), .retry(let station), .kill(let station),
            .powerCut(let station, _), .clock(let station, _), .diskError(let station, _, _):
            station
        case .wait, .rivalReads, .rivalWrites, .rivalEmpties: nil
        }
    }

    /// The same with less in it.
    fileprivate var simplifications: [Story.Step] {
        switch self {
        case .edit(let station, let spot, let kind, let effects):
            var steps: [Story.Step] = []
            if effects != nil { steps.append(.edit(station, spot, kind, diesAfter: nil)) }
            if kind != .value { steps.append(.edit(station, spot, .value, diesAfter: effects)) }
            return steps
        case .sync(let station, let plan):
            return plan.simplifications.map { .sync(station, $0) }
        case .wait(let seconds) where seconds > 1: return [.wait(seconds: seconds / 2)]
        default: return []
        }
    }
}

extension Story.SyncPlan {
    fileprivate var simplifications: [Story.SyncPlan] {
        var plans: [Story.SyncPlan] = []
        func add(_ change: (inout Story.SyncPlan) -> Void) {
            var plan = self
            change(&plan)
            if plan != self { plans.append(plan) }
        }
        add { $0.isUnattended = false }
        add { $0.sends = true }
        add { $0.diesAfter = nil }
        add { _ = $0.passages.popLast() }
        for index in passages.indices {
            add { $0.passages[index].fault = nil }
            add { $0.passages[index].delay = Passage().delay }
        }
        return plans
    }
}
