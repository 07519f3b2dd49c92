/// How long each of several works takes, in turns.
///
/// The machine is not ours alone: what disturbs one of them then disturbs the others alike, and of
/// many rounds the median counts.
func medians(rounds: Int, _ works: [() throws -> Duration]) throws -> [Duration] {
    var durations = works.map { _ in [Duration]() }
    for _ in 0..<rounds {
        for (index, work) in works.enumerated() { durations[index].append(try work()) }
    }
    return durations.map { $0.sorted()[$0.count / 2] }
}

extension Duration {
    static func measured(_ work: () throws -> Void) rethrows -> Duration {
        try ContinuousClock().measure(work)
    }

    /// Three digits, in the unit that suits them.
    var words: String {
        let microseconds = self / .microseconds(1)
        if microseconds < 1000 { return microseconds.digits + " µs" }
        if microseconds < 1_000_000 { return (microseconds / 1000).digits + " ms" }
        return (microseconds / 1_000_000).digits + " s"
    }
}

extension Double {
    /// About three digits.
    var digits: String {
        if self >= 100 { return String(Int(rounded())) }
        let scale = self >= 10 ? 10.0 : 100.0
        let whole = Int((self * scale).rounded())
        let fraction = String(whole % Int(scale))
        let zeros = String(repeating: "0", count: self >= 10 ? 0 : 2 - fraction.count)
        return "\(whole / Int(scale)).\(zeros)\(fraction)"
    }
}
