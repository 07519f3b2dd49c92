import ArmSync
import JSONDocument

@testable import ArmSyncCLI

extension ConfigurationTableTests {
    static let takenConflicts: [Taken] = [
        Taken(key: "conflict_policy", value: #"{"": "mine", "/a~1b": "theirs", "// why": 1}"#) {
            $0.sync.conflictRules.policies == [
                JSONPointer(): .mine, JSONPointer(tokens: ["a/b"]): .theirs,
            ]
        },
        Taken(key: "conflict_policy", value: "{}") { $0.sync.conflictRules.policies.isEmpty },
        Taken(key: "identity_keys", value: #"{"/reports": "uuid"}"#) {
            $0.sync.conflictRules.identityKeys == [JSONPointer(tokens: ["reports"]): "uuid"]
        },
        Taken(
            key: "applications",
            value: #"{"a.b": {"identity_keys": {"/x": "k"}, "// why": 1}, "// c": 2, "d": {}}"#
        ) {
            $0.sync.applicationRules == [
                "a.b": ConflictRules(identityKeys: [JSONPointer(tokens: ["x"]): "k"]),
                "d": ConflictRules(),
            ]
        },
        Taken(key: "rival_window", value: #""0s""#) { $0.sync.rivalWindow == .zero },
        Taken(key: "rival_window", value: #""24h""#) { $0.sync.rivalWindow == .hours(24) },
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
