import JSONDocument

extension Setting {
    /// `true` or `false`.
    static func flag(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        _ place: @autoclosure @escaping Place<Bool>
    ) -> Setting {
        let values: [String: JSONValue] = ["true": true, "false": false]
        return Setting(
            key,
            environment,
            help: help,
            expected: "true or false",
            example: true,
            value: { values[$0] ?? .string(JSONString($0)) },
            current: { .bool($0[keyPath: place()]) },
            assign: { configuration, value in
                guard let flag = value.bool else { return false }
                configuration[keyPath: place()] = flag
                return true
            }
        )
    }

    /// A whole number within a range.
    static func number(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        _ range: ClosedRange<Int>,
        _ place: @autoclosure @escaping Place<Int>
    ) -> Setting {
        Setting(
            key,
            environment,
            help: help,
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            example: .number(JSONNumber(range.lowerBound)),
            value: { text in
                JSONNumber(literal: text).map(JSONValue.number) ?? .string(JSONString(text))
            },
            current: { .number(JSONNumber($0[keyPath: place()])) },
            assign: { configuration, value in
                guard let number = value.int, range.contains(number) else { return false }
                configuration[keyPath: place()] = number
                return true
            }
        )
    }

    /// A span of time within a range.
    static func duration(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        _ range: ClosedRange<Duration>,
        _ place: @autoclosure @escaping Place<Duration>
    ) -> Setting {
        Setting(
            key,
            environment,
            help: help,
            expected: "a duration such as \"30s\", \(range.words)",
            example: "30s",
            current: { .string(JSONString($0[keyPath: place()].words)) },
            assign: { configuration, value in
                guard let duration = value.text.flatMap(Duration.init(words:)),
                    range.contains(duration)
                else { return false }
                configuration[keyPath: place()] = duration
                return true
            }
        )
    }

    /// One of a few words, or none; the last of them is the example.
    static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        otherwise: String,
        _ place: @autoclosure @escaping Place<Choice?>
    ) -> Setting where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        return Setting(
            key,
            environment,
            help: help,
            expected: quoted(words),
            example: .text(words.last),
            otherwise: otherwise,
            current: { $0[keyPath: place()].map { .string(JSONString($0.rawValue)) } },
            assign: { configuration, value in
                guard let choice = value.text.flatMap(Choice.init(rawValue:)) else { return false }
                configuration[keyPath: place()] = choice
                return true
            }
        )
    }

    private static func quoted(_ words: [String]) -> String {
        words.map { "\"\($0)\"" }.joined(separator: " or ")
    }

    /// One of a few words.
    static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        _ place: @autoclosure @escaping Place<Choice>
    ) -> Setting where Choice.RawValue == String {
        Setting(
            key,
            environment,
            help: help,
            expected: quoted(Choice.allCases.map(\.rawValue)),
            example: .string(JSONString(Configuration()[keyPath: place()].rawValue)),
            current: { .string(JSONString($0[keyPath: place()].rawValue)) },
            assign: { configuration, value in
                guard let choice = value.text.flatMap(Choice.init(rawValue:)) else { return false }
                configuration[keyPath: place()] = choice
                return true
            }
        )
    }
}

extension ClosedRange<Duration> {
    /// `from "1s" to "10m"`.
    var words: String { "from \"\(lowerBound.words)\" to \"\(upperBound.words)\"" }
}
