import ArgumentParser

/// Arguments that can be had from plain words without the parser.
///
/// The parser finds out by reflection what a command takes, anew at every start, and that is two
/// thirds of the start of a `get`. These know it without looking.
protocol PlainArguments: ParsableArguments {
    /// Gives every property its value.
    mutating func take(_ words: inout PlainWords)
}

extension PlainArguments {
    init(taking words: inout PlainWords) {
        self.init()
        take(&words)
        // What is not valid is the parser's to tell of.
        if (try? validate()) == nil { words.arePlain = false }
    }
}

/// The words after a command's name, as long as each is spelled plainly: an option's whole name or
/// its letter, given once, its value the next word or after an equals sign; anything else is a
/// positional.
///
/// Each option is asked for by name. What is asked for in vain is not there; what nobody asked for
/// makes the words not `arePlain`, and so does everything that takes more than this to tell: an
/// option given twice, letters in one word, a next word that begins with a hyphen, `--`.
struct PlainWords {
    fileprivate(set) var arePlain = true
    private let words: [String]
    private var areTaken: [Bool]

    init(_ words: some Collection<String>) {
        self.words = Array(words)
        areTaken = words.map { _ in false }
    }

    /// Whether a flag is there.
    mutating func flag(_ name: String, _ letter: String? = nil) -> Bool {
        guard let index = index(of: name, letter) else { return false }
        areTaken[index] = true
        return true
    }

    /// The value of an option; nil where it is not there.
    mutating func value(_ name: String, _ letter: String? = nil) -> String? {
        value(name, letter) { $0 }
    }

    /// The value of an option as `read` understands it.
    mutating func value<Value>(
        _ name: String,
        _ letter: String? = nil,
        as read: (String) -> Value?
    ) -> Value? {
        guard let index = index(of: name, letter, joinsValue: true) else { return nil }
        areTaken[index] = true
        if words[index].hasPrefix("\(name)=") {
            // Nothing after the sign is a mistake.
            let joined = String(words[index].dropFirst(name.count + 1))
            return understood(joined.isEmpty ? nil : read(joined))
        }
        guard index + 1 < words.count, !isOption(index + 1) else { return understood(nil) }
        areTaken[index + 1] = true
        return understood(read(words[index + 1]))
    }

    /// What is left once every option was asked for: so many words.
    @discardableResult
    mutating func positionals(_ counts: ClosedRange<Int>) -> [String] {
        let left = words.indices.filter { !areTaken[$0] }
        if !counts.contains(left.count) || left.contains(where: isOption) { arePlain = false }
        return left.map { words[$0] }
    }

    private mutating func index(
        of name: String,
        _ letter: String?,
        joinsValue: Bool = false
    ) -> Int? {
        let indices = words.indices.filter {
            words[$0] == name || words[$0] == letter
                || joinsValue && words[$0].hasPrefix("\(name)=")
        }
        if indices.count > 1 { arePlain = false }
        return indices.first
    }

    private mutating func understood<Value>(_ value: Value?) -> Value? {
        if value == nil { arePlain = false }
        return value
    }

    /// Asked of a byte, since a character may be more than the hyphen that it begins with.
    private func isOption(_ index: Int) -> Bool { words[index].utf8.first == UInt8(ascii: "-") }
}
