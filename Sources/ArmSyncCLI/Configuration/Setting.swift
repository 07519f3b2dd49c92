import JSONDocument

/// One row of the configuration table: a key, what it takes, what it is for, and where it goes.
///
/// Everything that speaks of configuration is made from these rows: parsing and its errors, the file
/// that `init` writes, the reference in the documentation. The table is made anew at every start,
/// while few starts need more than two or three rows, so that a row is cheap to make: it keeps how to
/// make what people read, and the key path of its place.
struct Setting: Sendable {
    /// The key; a dot leads into a member: `timeouts.connect`.
    let key: String
    /// The environment variable, where there is one.
    let environment: String?
    /// What it is for, in one or two sentences, for people.
    let help: String
    private let expectedWords: @Sendable () -> String
    private let exampleValue: @Sendable () -> JSONValue
    /// What holds where there is neither a value nor a default: `none`.
    let otherwise: String
    /// Puts a value in its place; false where it is not what is expected.
    let assign: @Sendable (inout Configuration, JSONValue) -> Bool
    /// The value in its place as a file would have it; nil where there is none.
    let current: @Sendable (Configuration) -> JSONValue?
    /// The JSON value an environment variable's text stands for.
    let value: @Sendable (String) -> JSONValue
    /// Whether its value may stand only in a file that nobody else can read, and is never shown.
    var isSecret = false
    /// What is wrong with a text, where more can be said than what is expected.
    var complaint: @Sendable (String) -> String? = { _ in nil }
    /// What is wrong inside a value that has parts, with the key of the part: to follow the file's
    /// name; nil where the value as a whole is not what is expected.
    var fault: @Sendable (JSONValue) -> String? = { _ in nil }

    init(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        expected: @autoclosure @escaping @Sendable () -> String,
        example: @autoclosure @escaping @Sendable () -> JSONValue,
        otherwise: String = "none",
        value: @escaping @Sendable (String) -> JSONValue = { .string(JSONString($0)) },
        current: @escaping @Sendable (Configuration) -> JSONValue?,
        assign: @escaping @Sendable (inout Configuration, JSONValue) -> Bool
    ) {
        self.key = key
        self.environment = environment
        self.help = help
        expectedWords = expected
        exampleValue = example
        self.otherwise = otherwise
        self.value = value
        self.current = current
        self.assign = assign
    }
}

extension Setting {
    /// What is expected, to follow "expected": `a duration such as "30s"`.
    var expected: String { expectedWords() }

    /// A value it takes, for people to start from.
    var example: JSONValue { exampleValue() }

    /// What holds unless it is set, as a file would have it; nil where that is nothing.
    var defaultValue: JSONValue? { current(Configuration()) }

    /// What holds unless it is set, in words: `"5s"` as a file would have it, or `none`.
    var defaultText: String {
        defaultValue.map { $0.text == "" ? "empty" : $0.text() } ?? otherwise
    }

    /// What an environment variable is expected to hold, which knows no quotes.
    var expectedInEnvironment: String { expected.filter { $0 != "\"" } }

    /// Whether it takes a value.
    func isTaken(_ value: JSONValue) -> Bool {
        var configuration = Configuration()
        return assign(&configuration, value)
    }
}

/// Settings that belong together, under a heading of the reference.
struct SettingGroup: Sendable {
    let title: String
    let settings: [Setting]

    init(_ title: String, _ settings: [Setting]) {
        self.title = title
        self.settings = settings
    }
}

/// A place in the configuration.
typealias Place<Value> = @Sendable () -> any WritableKeyPath<Configuration, Value> & Sendable
