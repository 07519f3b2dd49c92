import ArmProtocol
import ArmSync
import JSONDocument

extension Setting {
    static let documents = SettingGroup(
        "The documents",
        [
            .identifier(
                "application",
                "ARM_SYNC_APPLICATION",
                help: "The application whose document commands work on unless --application "
                    + "names another.",
                named: "application id",
                example: "hodor",
                \.application
            ),
            .identifier(
                "agent",
                "ARM_SYNC_AGENT",
                help: "The agent whose document it is. Without one the switch takes the agent of "
                    + "the session.",
                named: "agent id",
                example: "102",
                \.agent
            ),
            .identifier(
                "read_agent_id",
                "ARM_SYNC_READ_AGENT_ID",
                help: "Whose document is read where a document names no agent, because the switch "
                    + "reads nothing without one.",
                named: "agent id",
                example: "102",
                \.sync.readAgent
            ),
            .documents(
                "documents",
                help: "Documents that a sync fetches even before their first edit here.",
                \.documents
            ),
            .path(
                "state_dir",
                "ARM_SYNC_STATE_DIR",
                help: "The directory where documents are kept.",
                expected: "the path of a directory that begins with /,",
                example: "/var/lib/arm-sync",
                otherwise: "arm-sync in $XDG_STATE_HOME, or in ~/.local/state",
                \.stateDirectory
            ),
        ]
    )

    /// An application's or agent's id.
    private static func identifier(
        _ key: String,
        _ environment: String,
        help: String,
        named name: String,
        example: String,
        _ place: @autoclosure @escaping Place<String?>
    ) -> Setting {
        text(
            key,
            environment,
            help: help,
            expected: "an \(name)",
            example: example,
            complaint: { id in
                do throws(MessageError) {
                    try Identifier.validate(id, named: name)
                    return nil
                } catch {
                    return error.message
                }
            },
            place()
        )
    }

    /// A list of documents.
    private static func documents(
        _ key: String,
        help: String,
        _ place: @autoclosure @escaping Place<[DocumentKey]>
    ) -> Setting {
        let example: JSONValue = [["application": "hodor", "agent": "102"]]
        return Setting(
            key,
            help: help,
            expected: "a list of objects with \"application\" and \"agent\"",
            example: example,
            otherwise: "those with edits here",
            current: { configuration in
                let keys = configuration[keyPath: place()]
                return keys.isEmpty ? nil : .array(keys.map(\.setting))
            },
            assign: { configuration, value in
                guard let elements = value.array else { return false }
                let keys = elements.compactMap(DocumentKey.init(setting:))
                guard keys.count == elements.count else { return false }
                configuration[keyPath: place()] = keys
                return true
            }
        )
    }
}

extension DocumentKey {
    /// Reads `{"application": …, "agent": …}`, the agent optional.
    fileprivate init?(setting: JSONValue) {
        guard let object = setting.object, let application = object["application"]?.text,
            object.allSatisfy({ member in
                let name = member.name.text
                return ["application", "agent"].contains(name) || name.hasPrefix("//")
            })
        else { return nil }
        var agent: String?
        if let value = object["agent"] {
            guard let text = value.text else { return nil }
            agent = text
        }
        self.init(application: application, agent: agent)
        guard (try? validate()) != nil else { return nil }
    }

    /// The same the other way round.
    fileprivate var setting: JSONValue {
        var object = JSONObject()
        object["application"] = .string(JSONString(application))
        if let agent { object["agent"] = .string(JSONString(agent)) }
        return .object(object)
    }
}
