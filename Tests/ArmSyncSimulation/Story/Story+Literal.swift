/// The story as it is written in a test.
extension Story: CustomStringConvertible {
    var description: String {
        let lines = steps.map { "        \($0.literal),\n" }.joined()
        let start = (isEmpty ? ", isEmpty: true" : "") + (hasDisks ? ", hasDisks: true" : "")
        return """
            Story(
                stations: \(stations)\(start),
                seed: \(seed),
                steps: [
            \(lines)    ]
            )
            """
    }
}

extension Story.Step {
    var literal: String {
        switch self {
        case .edit(let station, let spot, let kind, let effects):
            let death = effects.map { "\($0)" } ?? "nil"
            return ".edit(\(station), .\(spot), .\(kind), diesAfter: \(death))"
        case .sync(let station, let plan): return ".sync(\(station), \(plan.literal))"
        case .decide(let station, let seed): return ".decide(\(station), seed: \(seed))"
        case .discard(let station): return ".discard(\(station))"
        case .undo(let station): return ".undo(\(station))"
        case .retry(let station): return ".retry(\(station))"
        case .wait(let seconds): return ".wait(seconds: \(seconds))"
        case .rivalReads: return ".rivalReads"
        case .rivalWrites(let spot, let removes):
            return ".rivalWrites(.\(spot), removes: \(removes))"
        case .rivalEmpties: return ".rivalEmpties"
        case .kill(let station): return ".kill(\(station))"
        case .powerCut(let station, let seed): return ".powerCut(\(station), seed: \(seed))"
        case .clock(let station, let hours): return ".clock(\(station), hours: \(hours))"
        case .diskError(let station, let error, let calls):
            return ".diskError(\(station), .\(error), after: \(calls))"
        }
    }
}

extension Story.SyncPlan {
    fileprivate var literal: String {
        var parts: [String] = []
        if isUnattended { parts.append("isUnattended: true") }
        if !sends { parts.append("sends: false") }
        if let diesAfter { parts.append("diesAfter: \(diesAfter)") }
        if !passages.isEmpty {
            parts.append("passages: [\(passages.map(\.literal).joined(separator: ", "))]")
        }
        return "Story.SyncPlan(\(parts.joined(separator: ", ")))"
    }
}

extension Passage {
    fileprivate var literal: String {
        var parts: [String] = []
        if delay != Passage().delay { parts.append("delay: \(delay)") }
        if let fault { parts.append("fault: .\(fault)") }
        return "Passage(\(parts.joined(separator: ", ")))"
    }
}
