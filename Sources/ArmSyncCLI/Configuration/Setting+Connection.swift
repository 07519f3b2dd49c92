import ArmProtocol
import ArmSync
import ArmSyncCurl

extension Setting {
    static let connection = SettingGroup(
        "The switch",
        [
            .text(
                "server",
                "ARM_SYNC_SERVER",
                help: "The switch: scheme, host and port.",
                expected: "an address",
                example: "http://switch.example:8086",
                complaint: complaint(about:),
                \.server
            ),
            .text(
                "domain",
                "ARM_SYNC_DOMAIN",
                help: "The switch's domain, a part of every address there.",
                expected: "a domain",
                example: "biysk.local",
                complaint: { domain in
                    do throws(MessageError) {
                        try Identifier.validate(domain: domain)
                        return nil
                    } catch {
                        return error.message
                    }
                },
                \.domain
            ),
            .choice(
                "transport",
                "ARM_SYNC_TRANSPORT",
                help: "How the switch is spoken to.",
                \.transport
            ),
            .text(
                "path_prefix",
                help: "A path in front of the domain, for a switch behind a proxy.",
                expected: "a path",
                example: "/gateway",
                accepts: { _ in true },
                \.pathPrefix
            ),
            .text(
                "content_type",
                help: "The media type of what is sent.",
                expected: "a media type",
                example: "text/xml; charset=utf-8",
                \.contentType
            ),
            .number(
                "parallel",
                help: "How many requests are under way at once.",
                1...64,
                \.sync.parallel
            ),
            .duration(
                "timeouts.connect",
                help: "How long connecting may take: name, TCP and TLS together.",
                .milliseconds(100)...(.minutes(10)),
                \.connectTimeout
            ),
            .duration(
                "timeouts.total",
                help: "How long one request may take, connecting included.",
                .milliseconds(100)...(.minutes(60)),
                \.totalTimeout
            ),
            .duration(
                "timeouts.stall",
                help: "How long nothing at all may move in a request.",
                .seconds(1)...(.minutes(10)),
                \.stallTimeout
            ),
        ]
    )

    @Sendable private static func complaint(about server: String) -> String? {
        do throws(CurlConfigurationError) {
            _ = try CurlConfiguration.origin(of: server)
            return nil
        } catch {
            return error.message
        }
    }
}
