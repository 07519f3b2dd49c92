import ArmSync
import JSONDocument

@testable import ArmSyncCLI

extension ConfigurationTableTests {
    static let takenConflicts: [Taken] = [
        Taken(key: "conflict_policy", value: #"{"": "mine", "/a~1b": "theirs", "// why": 1}"#) {
            $0.sync.mergeRules.policy.decisions == [
                JSONPointer(): .mine, JSONPointer(tokens: ["a/b"]): .theirs,
            ]
        },
        Taken(key: "conflict_policy", value: "{}") { $0.sync.mergeRules.policy.decisions.isEmpty },
        Taken(key: "identity_keys", value: #"{"/reports": "uuid"}"#) {
            $0.sync.mergeRules.identities.exceptions == [JSONPointer(tokens: ["reports"]): "uuid"]
        },
        Taken(
            key: "applications",
            value: #"{"a.b": {"identity_keys": {"/x": "k"}, "// why": 1}, "// c": 2, "d": {}}"#
        ) {
            let rules = $0.sync.applicationRules
            return Set(rules.keys) == ["a.b", "d"] && rules["d"] == MergeRules()
                && rules["a.b"]?.identities.exceptions == [JSONPointer(tokens: ["x"]): "k"]
        },
        Taken(key: "rival_window", value: #""0s""#) { $0.sync.mergeRules.rivalWindow == .zero },
        Taken(key: "rival_window", value: #""24h""#) {
            $0.sync.mergeRules.rivalWindow == .hours(24)
        },
        Taken(key: "on_attention", value: #""notify | mail""#) {
            $0.attentionCommand == ["/bin/sh", "-c", "notify | mail"]
        },
        Taken(key: "on_attention", value: #"["/bin/notify", "-x"]"#) {
            $0.attentionCommand == ["/bin/notify", "-x"]
        },
    ]

    static let refusedConflicts: [(key: String, value: String)] = [
        ("conflict_policy", "\"mine\""), ("conflict_policy", "[]"), ("conflict_policy", "null"),
        ("identity_keys", "\"uuid\""), ("applications", "[]"), ("applications", "\"hodor\""),
        ("rival_window", "\"25h\""), ("rival_window", "600"), ("on_attention", "\"\""),
        ("on_attention", "[]"), ("on_attention", "{}"), ("on_attention", "[\"a\", 1]"),
    ]
}
