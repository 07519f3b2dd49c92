/// The part of a specification after the colon, taken apart piece by piece.
struct FaultParameters {
    private var words: [Substring]

    init(_ text: Substring) {
        words = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
    }

    mutating func takeFlag(_ name: String) -> Bool {
        guard let index = words.firstIndex(where: { $0 == name }) else { return false }
        words.remove(at: index)
        return true
    }

    /// The first word, unless it is the flag `after`.
    mutating func takeWord() -> String? {
        guard let first = words.first, first != "after" else { return nil }
        words.removeFirst()
        return String(first)
    }

    mutating func takeNumber(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ standard: Int?
    ) throws(FaultProblem) -> Int {
        let word = takeWord()
        if word == nil, let standard { return standard }
        return try number(word ?? "", name, range)
    }

    mutating func takeOptionalNumber(
        _ name: String,
        _ range: ClosedRange<Int>
    ) throws(FaultProblem) -> Int? {
        guard let word = takeWord() else { return nil }
        return try number(word, name, range)
    }

    mutating func takeNamed(
        _ name: String,
        _ range: ClosedRange<Int>
    ) throws(FaultProblem) -> Int? {
        guard let index = words.firstIndex(where: { $0.hasPrefix(name + "=") }) else { return nil }
        let word = words.remove(at: index)
        return try number(String(word.dropFirst(name.count + 1)), name, range)
    }

    /// A size such as `30m`, `512k` or `1000`.
    mutating func takeByteCount(orElse standard: Int) throws(FaultProblem) -> Int {
        guard let word = takeWord() else { return standard }
        let scale =
            switch word.last {
            case "k": 1 << 10
            case "m": 1 << 20
            default: 1
            }
        let digits = scale == 1 ? word : String(word.dropLast())
        guard let count = Int(digits), (1...(256 << 20) / scale).contains(count) else {
            throw FaultProblem(message: "the size must be like 30m or 512k, to 256m, not '\(word)'")
        }
        return count * scale
    }

    /// A time such as `500ms` or `3s`.
    mutating func takeDuration(orElse standard: Duration? = nil) throws(FaultProblem) -> Duration {
        let given = takeWord()
        if given == nil, let standard { return standard }
        let word = given ?? ""
        let isMilliseconds = word.hasSuffix("ms")
        let digits = word.dropLast(isMilliseconds ? 2 : 1)
        guard word.hasSuffix("s"), let amount = Int(digits), (0...3_600_000).contains(amount) else {
            throw FaultProblem(message: "the delay must be like 500ms or 3s, not '\(word)'")
        }
        return isMilliseconds ? .milliseconds(amount) : .seconds(amount)
    }

    func refuseRest() throws(FaultProblem) {
        guard let word = words.first else { return }
        throw FaultProblem(message: "the parameter '\(word)' means nothing to this kind")
    }

    private func number(
        _ word: String,
        _ name: String,
        _ range: ClosedRange<Int>
    ) throws(FaultProblem) -> Int {
        guard let number = Int(word), range.contains(number) else {
            throw FaultProblem(
                message: "the \(name) must be from \(range.lowerBound) to \(range.upperBound), "
                    + "not '\(word)'"
            )
        }
        return number
    }
}
