import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("The rows of the table of settings")
struct ConfigurationDefaultsTests {
    @Test("take their own defaults, and nothing changes by it", arguments: Setting.table.map(\.key))
    func defaults(key: String) throws {
        let setting = try #require(Setting.table.first { $0.key == key })
        guard let value = setting.defaultValue else { return }
        var configuration = try Configuration(
            files: [
                .init(name: "other", bytes: Array(Self.everything.text().utf8), isPrivate: true)
            ],
            environment: [:]
        )
        #expect(setting.assign(&configuration, value), "\(value.text())")
        #expect(setting.current(configuration) == value)
    }

    @Test("take the example they give, and give it back", arguments: Setting.table.map(\.key))
    func examples(key: String) throws {
        let setting = try #require(Setting.table.first { $0.key == key })
        var configuration = Configuration()
        #expect(setting.assign(&configuration, setting.example), "\(setting.example.text())")
        // A secret goes in and never comes out again.
        #expect(setting.current(configuration) == (setting.isSecret ? nil : setting.example))
    }

    @Test("say what they are for in a sentence or two", arguments: Setting.table.map(\.key))
    func help(key: String) throws {
        let setting = try #require(Setting.table.first { $0.key == key })
        #expect(setting.help.hasSuffix(".") && setting.help.count <= 160, "\(setting.help)")
        #expect(setting.help.first?.isUppercase == true)
        #expect(!setting.help.contains("  "))
    }

    @Test("have a key and a variable of their own")
    func unique() {
        let variables = Setting.table.compactMap(\.environment)
        #expect(Set(variables).count == variables.count)
        #expect(variables.allSatisfy { $0.hasPrefix("ARM_SYNC_") })
        #expect(Set(Setting.table.map(\.key)).count == Setting.table.count)
    }

    /// A file with the example of every key.
    private static var everything: JSONValue {
        var members = JSONObject()
        for setting in Setting.table { members[JSONString(setting.key)] = setting.example }
        return .object(members)
    }
}
