/// The kinds that only a WebSocket knows, and the names of all.
extension FaultParser {
    static func carriage(
        of kind: String,
        _ parameters: inout FaultParameters
    ) throws(FaultProblem) -> Carriage? {
        switch kind {
        case "sequence":
            .wrongNumber(try parameters.takeOptionalNumber("sequence number", 0...9999))
        case "length": .wrongLength
        case "version": .wrongVersion
        case "reverse": .reversed(count: try parameters.takeNumber("count", 2...1000, 2))
        case "noise": .noisy(rounds: try parameters.takeNumber("rounds", 1...1000, 1))
        case "fragments": .fragmented(count: try parameters.takeNumber("count", 2...10_000, 3))
        case "break-off": .brokenOff
        case "stall": .stalled
        case "twice": .twice
        case "binary": .binary
        case "frame": .illegal(try illegality(parameters.takeWord() ?? ""))
        default: nil
        }
    }

    private static func illegality(_ name: String) throws(FaultProblem) -> Carriage.Illegality {
        guard let illegality = Carriage.Illegality(rawValue: name) else {
            let names = Carriage.Illegality.allCases.map(\.rawValue).joined(separator: ", ")
            throw FaultProblem(message: "the frame must be one of \(names), not '\(name)'")
        }
        return illegality
    }

    static let kinds = [
        "refuse", "status", "401", "403", "redirect", "garbage", "empty", "hang", "close-before",
        "close-after", "close-frame", "reset", "truncate", "half", "large", "deep", "dtd", "delay",
        "alter", "lose", "sequence", "length", "version", "reverse", "noise", "fragments",
        "break-off", "stall", "twice",
        "binary", "frame", "wrong-accept", "no-pong", "pings",
    ]
}
