import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("The configuration file that init writes")
struct ConfigurationTemplateTests {
    private static let values: [String: JSONValue] = [
        "server": "http://one:1", "domain": "one.local", "application": "hodor", "agent": "102",
        "timeouts.total": "40s", "parallel": 2,
    ]

    private func loaded(_ text: String) throws -> Configuration {
        let file = Configuration.Source(name: "new", bytes: Array(text.utf8), isPrivate: true)
        return try Configuration(files: [file], environment: [:])
    }

    @Test("loads as what it was given, and leaves everything else at its default")
    func loads() throws {
        let configuration = try loaded(ConfigurationTemplate(values: Self.values).text)
        for setting in Setting.table {
            let expected = Self.values[setting.key] ?? setting.defaultValue
            #expect(setting.current(configuration) == expected, "\(setting.key)")
        }
    }

    @Test("still loads with the slashes taken away, and every default stays what it was")
    func uncommented() throws {
        let text = ConfigurationTemplate(values: [:]).text
        // An explanation has a space behind the slashes, and the note at the top has nothing.
        let lines = text.split(separator: "\n").map { (line: Substring) -> Substring in
            guard let slashes = line.firstRange(of: "\"//"),
                let next = line[slashes.upperBound...].first, next != " ", next != "\""
            else { return line }
            return line[..<slashes.lowerBound] + "\"" + line[slashes.upperBound...]
        }
        let configuration = try loaded(lines.joined(separator: "\n"))
        // A secret goes in and never comes out again.
        for setting in Setting.table where !setting.isSecret {
            let expected = setting.defaultValue ?? setting.example
            #expect(setting.current(configuration) == expected, "\(setting.key)")
        }
    }

    @Test("explains each key once", arguments: Setting.table.map(\.key))
    func explains(key: String) throws {
        let setting = try #require(Setting.named(key))
        var object = try JSONValue(parsing: Array(ConfigurationTemplate(values: [:]).text.utf8))
            .object
        let names = key.split(separator: ".").map(String.init)
        for name in names.dropLast() { object = object?[JSONString(name)]?.object }
        let name = try #require(names.last)
        let explanation = object?[JSONString("// \(name)")]?.text
        #expect(explanation?.hasPrefix(setting.help.filter { $0 != "\"" }) == true)
        #expect(object?[JSONString("//\(name)")] != nil)
        #expect(object?[JSONString(name)] == nil)
    }

    @Test("keeps a value's text whatever is in it")
    func awkward() throws {
        let id = "a\"b\\c // ж 😀"
        let text = ConfigurationTemplate(values: ["agent": .string(JSONString(id))]).text
        #expect(try loaded(text).agent == id)
    }
}
