import ArmSync
import JSONDocument

extension Setting {
    static let conflicts = SettingGroup(
        "Merging and conflicts",
        [
            .rules(
                MergeRules.Member.policies,
                help: "What becomes of places that two stations changed differently, by JSON "
                    + "Pointer; the longest that covers one decides, and - is any element.",
                example: ["/filters": "theirs", "/reports/-/title": "mine"],
                otherwise: "hold"
            ),
            .rules(
                MergeRules.Member.identityKeys,
                help: "The member that tells the elements of an array apart, by the array's JSON "
                    + "Pointer; - on the way is any element.",
                example: ["/reports": "uuid"],
                otherwise: "id"
            ),
            .applications(
                "applications",
                help: "The same two for single applications, by id. What is said there goes before "
                    + "what is said for all."
            ),
            .duration(
                "rival_window",
                help: "How long after a save it is watched whether another station undid it "
                    + "unseen.",
                .zero...(.hours(24)),
                \.sync.mergeRules.rivalWindow
            ),
        ]
    )

    /// Rules for the documents of all applications.
    private static func rules(
        _ member: MergeRules.Member,
        help: String,
        example: JSONValue,
        otherwise: String
    ) -> Setting {
        var setting = Setting(
            member.rawValue,
            help: help,
            expected: "\(member.expected) such as \(example.text())",
            example: example,
            otherwise: otherwise,
            current: { member.current($0.sync.mergeRules) },
            assign: { configuration, value in
                do throws(RuleFault) {
                    try member.take(value, into: &configuration.sync.mergeRules)
                    return true
                } catch {
                    return false
                }
            }
        )
        setting.fault = { value in
            var rules = MergeRules()
            do throws(RuleFault) {
                try member.take(value, into: &rules)
                return nil
            } catch {
                return error.text(under: member.rawValue)
            }
        }
        return setting
    }

    /// Rules for the documents of single applications.
    private static func applications(_ key: String, help: String) -> Setting {
        let example: JSONValue = ["hodor": ["conflict_policy": ["/filters": "mine"]]]
        var setting = Setting(
            key,
            help: help,
            expected: "an object such as \(example.text())",
            example: example,
            current: { MergeRules.setting(of: $0.sync.applicationRules) },
            assign: { configuration, value in
                do throws(RuleFault) {
                    try MergeRules.take(value, into: &configuration.sync.applicationRules)
                    return true
                } catch {
                    return false
                }
            }
        )
        setting.fault = { value in
            var rules: [JSONString: MergeRules] = [:]
            do throws(RuleFault) {
                try MergeRules.take(value, into: &rules)
                return nil
            } catch {
                return error.text(under: key)
            }
        }
        return setting
    }
}
