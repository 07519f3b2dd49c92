import ArmProtocol
import ArmSync
import JSONDocument

extension Setting {
    /// Every key there is: what files and the environment may say, in the order of the manual.
    static let table: [Setting] = [
        .text(
            "server",
            "ARM_SYNC_SERVER",
            expected: "an address such as \"http://host:8086\"",
            \.server
        ),
        .text("domain", "ARM_SYNC_DOMAIN", expected: "a domain such as \"biysk.local\"", \.domain),
        .text(
            "application",
            "ARM_SYNC_APPLICATION",
            expected: "an application id in quotes",
            \.application
        ),
        .text("agent", "ARM_SYNC_AGENT", expected: "an agent id in quotes", \.agent),
        .text(
            "read_agent_id",
            "ARM_SYNC_READ_AGENT_ID",
            expected: "an agent id in quotes",
            \.sync.readAgent
        ),
        .documents("documents", \.documents),
        .path("state_dir", "ARM_SYNC_STATE_DIR", \.stateDirectory),
        .choice("transport", "ARM_SYNC_TRANSPORT", \.transport),
        .text(
            "path_prefix",
            expected: "a path such as \"/gateway\"",
            allowsEmpty: true,
            \.pathPrefix
        ),
        .text("content_type", expected: "a media type", \.contentType),
        .choice("payload.mapping", nil, \.payloadForm),
        .text("payload.element", expected: "the name of an XML element", \.mapping.element),
        .text("payload.attribute", expected: "the name of an XML attribute", \.mapping.attribute),
        .flag("blind_saves", "ARM_SYNC_BLIND_SAVES", \.sync.blindSaves),
        .flag("conflict_detection", "ARM_SYNC_CONFLICT_DETECTION", \.sync.conflictDetection),
        .duration("timeouts.connect", .milliseconds(100)...(.minutes(10)), \.connectTimeout),
        .duration("timeouts.total", .milliseconds(100)...(.minutes(60)), \.totalTimeout),
        .duration("timeouts.stall", .seconds(1)...(.minutes(10)), \.stallTimeout),
        .number("parallel", 1...64, \.sync.parallel),
        .duration("backoff.base", .milliseconds(1)...(.minutes(60)), \.sync.retry.base),
        .duration("backoff.cap", .milliseconds(1)...(.minutes(60)), \.sync.retry.cap),
        .duration(
            "backoff.refused_base",
            .milliseconds(1)...(.minutes(60)),
            \.sync.retry.refusedBase
        ),
        .duration(
            "backoff.refused_cap",
            .milliseconds(1)...(.minutes(60)),
            \.sync.retry.refusedCap
        ),
        .number("attention_after", 1...1000, \.sync.retry.attentionAfter),
        .duration("refresh_interval", .seconds(1)...(.minutes(24 * 60)), \.sync.refreshInterval),
    ]
}

extension Duration {
    fileprivate static func minutes(_ minutes: Int) -> Duration { .seconds(minutes * 60) }
}

extension DocumentKey {
    /// Reads `{"application": …, "agent": …}`, the agent optional.
    init?(setting: JSONValue) {
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
}
