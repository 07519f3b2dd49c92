/// Reads `KIND[:PARAM[,PARAM…]][@COMMAND][*COUNT]`.
enum FaultParser {
    /// One specification a line; blank lines are nothing. All are good or none counts.
    static func faults(fromLines text: String) throws(FaultProblem) -> [Fault] {
        var faults: [Fault] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let specification = line.filter { !$0.isWhitespace }
            if !specification.isEmpty { faults.append(try fault(from: specification)) }
        }
        return faults
    }

    static func fault(from specification: String) throws(FaultProblem) -> Fault {
        do throws(FaultProblem) {
            var rest = specification[...]
            let remaining = try count(removedFrom: &rest)
            let place = try place(removedFrom: &rest)
            let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var parameters = FaultParameters(parts.count > 1 ? parts[1] : "")
            let effect = try effect(of: String(parts[0]), &parameters)
            try parameters.refuseRest()
            return Fault(
                effect: effect,
                scope: try scope(of: effect, at: place ?? "any", kind: parts[0]),
                remaining: remaining,
                description: rest + (place.map { $0 == "any" ? "" : "@" + $0 } ?? "")
            )
        } catch {
            throw FaultProblem(message: "fault \(specification.debugDescription): \(error.message)")
        }
    }

    private static func count(removedFrom rest: inout Substring) throws(FaultProblem) -> Int? {
        guard let star = rest.lastIndex(of: "*") else { return 1 }
        let text = rest[rest.index(after: star)...]
        rest = rest[..<star]
        if text == "forever" || text == "0" { return nil }
        guard let count = Int(text), count > 0 else {
            throw FaultProblem(
                message: "the count after * must be a number, 0 or forever, not '\(text)'"
            )
        }
        return count
    }

    private static func place(removedFrom rest: inout Substring) throws(FaultProblem) -> String? {
        guard let at = rest.lastIndex(of: "@") else { return nil }
        let text = String(rest[rest.index(after: at)...])
        rest = rest[..<at]
        guard places.keys.contains(text) else {
            throw FaultProblem(
                message: "the command after @ must be read, save or any, command or handshake, "
                    + "not '\(text)'"
            )
        }
        return text
    }

    /// The scope of that name, as far as the effect can strike there at all.
    private static func scope(
        of effect: Fault.Effect,
        at place: String,
        kind: Substring
    ) throws(FaultProblem) -> Fault.Scope {
        let scope = places[place] ?? .any
        if case .meddle = effect {
            guard [.any, .commands, .command(.save)].contains(scope) else {
                throw FaultProblem(message: "\(kind) is about what is stored: @save only")
            }
            return .command(.save)
        }
        if scope == .handshake, !effect.strikesHandshakes {
            throw FaultProblem(message: "\(kind) strikes commands, no handshake")
        }
        if scope != .handshake, scope != .any, !effect.strikesCommands {
            throw FaultProblem(message: "\(kind) strikes handshakes, no command")
        }
        return scope
    }

    private static let places: [String: Fault.Scope] = [
        "any": .any, "command": .commands, "read": .command(.read), "save": .command(.save),
        "handshake": .handshake,
    ]

    private static func effect(
        of kind: String,
        _ parameters: inout FaultParameters
    ) throws(FaultProblem) -> Fault.Effect {
        if let substitute = try substitute(of: kind, &parameters) {
            return .substitute(
                substitute,
                carriedOut: kind == "close-after" || parameters.takeFlag("after")
            )
        }
        if let carriage = try carriage(of: kind, &parameters) { return .carriage(carriage) }
        switch kind {
        case "truncate": return .shape(.truncated)
        case "half": return .shape(.half)
        case "large":
            return .shape(.large(byteCount: try parameters.takeByteCount(orElse: 30 << 20)))
        case "deep":
            return .shape(
                .deep(levels: try parameters.takeNumber("levels", 1...1_000_000, 100_000))
            )
        case "dtd": return .shape(.doctype)
        case "delay": return .delay(try parameters.takeDuration())
        case "alter": return .meddle(.alter)
        case "lose": return .meddle(.lose)
        case "wrong-accept": return .opening(.wrongAccept)
        case "no-pong": return .opening(.muteToPings)
        case "pings":
            return .opening(.pings(every: try parameters.takeDuration(orElse: .seconds(1))))
        default:
            throw FaultProblem(
                message: "there is no kind '\(kind)'; there are \(kinds.joined(separator: ", "))"
            )
        }
    }

    private static func substitute(
        of kind: String,
        _ parameters: inout FaultParameters
    ) throws(FaultProblem) -> Fault.Substitute? {
        switch kind {
        case "refuse": .refusal(code: parameters.takeWord() ?? "cannot_perform_cmd")
        case "status":
            .status(
                try parameters.takeNumber("status", 400...599, nil),
                retryAfter: try parameters.takeNamed("retry-after", 0...1_000_000)
            )
        case "401": .unauthorized
        case "403": .forbidden
        case "redirect": .redirect(try parameters.takeNumber("status", 300...399, 302))
        case "garbage": .captivePage
        case "empty": .emptyBody
        case "hang": .silence
        case "close-before", "close-after": .close
        case "close-frame":
            .closeFrame(code: UInt16(try parameters.takeNumber("code", 1000...4999, 1001)))
        case "reset": .reset
        default: nil
        }
    }
}
