import ArmSync
import JSONDocument

extension Setting {
    static let timing = SettingGroup(
        "When it is tried, and when a person is told",
        [
            .duration(
                "refresh_interval",
                help: "How old the last read may be before an unattended sync reads again.",
                .seconds(1)...(.hours(24)),
                \.sync.refreshInterval
            ),
            .duration(
                "backoff.base",
                help: "The longest first wait after a failed try; it doubles with each further "
                    + "one.",
                .milliseconds(1)...(.hours(1)),
                \.sync.retry.base
            ),
            .duration(
                "backoff.cap",
                help: "The longest wait between two tries.",
                .milliseconds(1)...(.hours(1)),
                \.sync.retry.cap
            ),
            .duration(
                "backoff.refused_base",
                help: "The longest first wait after the switch refused a document; it doubles with "
                    + "each further refusal.",
                .milliseconds(1)...(.hours(1)),
                \.sync.retry.refusedBase
            ),
            .duration(
                "backoff.refused_cap",
                help: "The longest wait after a refusal.",
                .milliseconds(1)...(.hours(1)),
                \.sync.retry.refusedCap
            ),
            .number(
                "attention_after",
                help: "How many refusals in a row it takes until a person is told.",
                1...1000,
                \.sync.retry.attentionAfter
            ),
            .duration(
                "warn_after",
                help: "How long something may fail until an unattended sync says so.",
                .milliseconds(1)...(.hours(24 * 30)),
                \.warnAfter
            ),
            .command(
                "on_attention",
                help: "The command that is run when something newly needs a person, and when it is "
                    + "over: a line for the shell, or program and arguments.",
                example: ["/usr/local/bin/notify-desktop", "--sticky"],
                \.attentionCommand
            ),
        ]
    )
}
