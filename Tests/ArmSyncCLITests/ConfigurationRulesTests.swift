import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("Rules for merging in the configuration")
struct ConfigurationRulesTests {
    private func loaded(_ files: String...) throws(CommandError) -> Configuration {
        try Configuration(
            files: files.map { .init(name: "x", bytes: Array($0.utf8)) },
            environment: [:]
        )
    }

    @Test(
        "a mistake inside is named with the way to it",
        arguments: [
            (
                #"{"conflict_policy": {"/a": "ours"}}"#,
                #""conflict_policy./a": expected "hold" or "mine" or "theirs""#
            ),
            (
                #"{"conflict_policy": {"/a": null}}"#,
                #""conflict_policy./a": expected "hold" or "mine" or "theirs""#
            ),
            (
                #"{"identity_keys": {"reports": "id"}}"#,
                #""identity_keys.reports": a pointer starts with a slash, such as /name"#
            ),
            (
                #"{"identity_keys": {"/a": ""}}"#,
                #""identity_keys./a": expected the name of a member"#
            ),
            (
                #"{"applications": {"hodor": {"conflict_policy": {"/a": 1}}}}"#,
                #""applications.hodor.conflict_policy./a": expected "hold" or "mine" or "theirs""#
            ),
            (
                #"{"applications": {"hodor": {"conflict_polcy": {}}}}"#,
                #""applications.hodor.conflict_polcy": unknown key; expected "#
                    + #""conflict_policy" or "identity_keys""#
            ),
            (
                #"{"applications": {"hodor": []}}"#,
                #""applications.hodor": expected an object with "#
                    + #""conflict_policy" or "identity_keys""#
            ),
            (#"{"applications": {"": {}}}"#, #""applications.": the application id is empty"#),
        ]
    )
    func mistakes(text: String, says: String) throws {
        let error = try #require(throws: CommandError.self) { try loaded(text) }
        #expect(error.status == .configuration)
        #expect(error.message == "x: \(says)")
    }

    @Test("files are merged pointer by pointer, and application by application")
    func merging() throws {
        let configuration = try loaded(
            #"{"conflict_policy": {"/a": "mine", "/b": "mine"},"#
                + #""applications": {"x": {"identity_keys": {"/r": "k", "/s": "l"}}}}"#,
            #"{"conflict_policy": {"/b": "theirs"},"#
                + #""applications": {"x": {"identity_keys": {"/s": "m"}}, "y": {}}}"#
        )
        #expect(
            configuration.sync.mergeRules.policy.decisions == [
                JSONPointer(tokens: ["a"]): .mine, JSONPointer(tokens: ["b"]): .theirs,
            ]
        )
        let applications = configuration.sync.applicationRules
        #expect(Set(applications.keys) == ["x", "y"])
        #expect(
            applications["x"]?.identities.exceptions == [
                JSONPointer(tokens: ["r"]): "k", JSONPointer(tokens: ["s"]): "m",
            ]
        )
    }
}
