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
            let command = try command(removedFrom: &rest)
            let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var parameters = FaultParameters(parts.count > 1 ? parts[1] : "")
            let effect = try effect(of: String(parts[0]), &parameters)
            try parameters.refuseRest()
            if case .meddle = effect, command == .read {
                throw FaultProblem(message: "\(parts[0]) is about what is stored: @save only")
            }
            let isMeddling = if case .meddle = effect { true } else { false }
            return Fault(
                effect: effect,
                command: isMeddling ? .save : command,
                remaining: remaining,
                description: rest + (command.map { "@" + $0.rawValue } ?? "")
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

    private static func command(removedFrom rest: inout Substring) throws(FaultProblem) -> Command?
    {
        guard let at = rest.lastIndex(of: "@") else { return nil }
        let text = rest[rest.index(after: at)...]
        rest = rest[..<at]
        if text == "any" { return nil }
        guard let command = Command(rawValue: String(text)) else {
            throw FaultProblem(
                message: "the command after @ must be read, save or any, not '\(text)'"
            )
        }
        return command
    }

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
        case "reset": .reset
        default: nil
        }
    }

    private static let kinds = [
        "refuse", "status", "401", "403", "redirect", "garbage", "empty", "hang", "close-before",
        "close-after", "reset", "truncate", "half", "large", "deep", "dtd", "delay", "alter",
        "lose",
    ]
}
