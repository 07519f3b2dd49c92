import ArmProtocol
import JSONDocument

/// One row of the configuration table: a key, what it takes, and where it goes.
struct Setting: Sendable {
    /// The key; a dot leads into a member: `timeouts.connect`.
    let key: String
    /// The environment variable, where there is one.
    let environment: String?
    /// What is expected, to follow "expected": `a duration such as 30s`.
    let expected: String
    /// Puts a value in its place; false where it is not what is expected.
    let assign: @Sendable (inout Configuration, JSONValue) -> Bool
    /// The JSON value an environment variable's text stands for.
    let value: @Sendable (String) -> JSONValue

    private init(
        _ key: String,
        _ environment: String?,
        expected: String,
        value: @escaping @Sendable (String) -> JSONValue = { .string(JSONString($0)) },
        assign: @escaping @Sendable (inout Configuration, JSONValue) -> Bool
    ) {
        self.key = key
        self.environment = environment
        self.expected = expected
        self.assign = assign
        self.value = value
    }
}

/// A place in the configuration.
typealias Place<Value> = any WritableKeyPath<Configuration, Value> & Sendable

extension Setting {
    /// Text that is not empty.
    static func text(
        _ key: String,
        _ environment: String? = nil,
        expected: String,
        _ place: Place<String?>
    ) -> Setting {
        Setting(key, environment, expected: expected) { configuration, value in
            guard let text = value.text, !text.isEmpty else { return false }
            configuration[keyPath: place] = text
            return true
        }
    }

    /// The path of a directory. A relative one would be another place wherever the program is
    /// started, and edits made in one folder would not be found in the next.
    static func path(
        _ key: String,
        _ environment: String,
        _ place: Place<String?>
    ) -> Setting {
        let expected = "the path of a directory that begins with /"
        return Setting(key, environment, expected: expected) { configuration, value in
            guard let path = value.text, path.hasPrefix("/") else { return false }
            configuration[keyPath: place] = path
            return true
        }
    }

    /// Text that has a default.
    static func text(
        _ key: String,
        expected: String,
        allowsEmpty: Bool = false,
        _ place: Place<String>
    ) -> Setting {
        Setting(key, nil, expected: expected) { configuration, value in
            guard let text = value.text, allowsEmpty || !text.isEmpty else { return false }
            configuration[keyPath: place] = text
            return true
        }
    }

    /// `true` or `false`.
    static func flag(
        _ key: String,
        _ environment: String,
        _ place: Place<Bool>
    ) -> Setting {
        let values: [String: JSONValue] = ["true": true, "false": false]
        return Setting(
            key,
            environment,
            expected: "true or false",
            value: { values[$0] ?? .string(JSONString($0)) },
            assign: { configuration, value in
                guard let flag = value.bool else { return false }
                configuration[keyPath: place] = flag
                return true
            }
        )
    }

    /// A whole number within a range.
    static func number(
        _ key: String,
        _ range: ClosedRange<Int>,
        _ place: Place<Int>
    ) -> Setting {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return Setting(key, nil, expected: expected) { configuration, value in
            guard let number = value.int, range.contains(number) else { return false }
            configuration[keyPath: place] = number
            return true
        }
    }

    /// A span of time within a range.
    static func duration(
        _ key: String,
        _ range: ClosedRange<Duration>,
        _ place: Place<Duration>
    ) -> Setting {
        let expected =
            "a duration in quotes, such as \"30s\", from \(range.lowerBound.words) to "
            + range.upperBound.words
        return Setting(key, nil, expected: expected) { configuration, value in
            guard let duration = value.text.flatMap(Duration.init(words:)),
                range.contains(duration)
            else { return false }
            configuration[keyPath: place] = duration
            return true
        }
    }

    /// One of a few words.
    static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ key: String,
        _ environment: String?,
        _ place: Place<Choice>
    ) -> Setting where Choice.RawValue == String {
        let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        return Setting(key, environment, expected: words) { configuration, value in
            guard let choice = value.text.flatMap(Choice.init(rawValue:)) else { return false }
            configuration[keyPath: place] = choice
            return true
        }
    }

    /// A list of documents.
    static func documents(_ key: String, _ place: Place<[DocumentKey]>) -> Setting {
        let expected = "a list such as [{\"application\": \"hodor\", \"agent\": \"102\"}]"
        return Setting(key, nil, expected: expected) { configuration, value in
            guard let elements = value.array else { return false }
            let keys = elements.compactMap(DocumentKey.init(setting:))
            guard keys.count == elements.count else { return false }
            configuration[keyPath: place] = keys
            return true
        }
    }
}
