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
                help: "The switch: scheme, host and port; ws:// and wss:// ask for a WebSocket.",
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
                help:
                    "How the switch is spoken to: XML over HTTP, or framed JSON over a WebSocket.",
                otherwise: "\"websocket\" where the address begins with ws:// or wss://, else "
                    + "\"http\"",
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
            .text(
                "websocket_path",
                help: "The whole path of the WebSocket, with a query where one is needed.",
                expected: "a path that begins with /,",
                example: "/biysk.local/service/cc/arm",
                otherwise: "path_prefix, the domain and service/cc/arm",
                accepts: { $0.hasPrefix("/") },
                \.webSocketPath
            ),
            .choice(
                "websocket_padding",
                help: "What fills the command's name up to 32 bytes; either is read.",
                \.messagePadding
            ),
            .choice(
                "websocket_length",
                help: "What the length in front of a message counts.",
                \.messageLength
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
