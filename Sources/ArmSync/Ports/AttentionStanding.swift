/// What the command that brings news to a person has been told, apart from what unattended runs
/// have said: a mail does not stand for a notification on the desktop.
package struct AttentionStanding: Hashable, Sendable {
    /// What it has been told, or will be where it lasts.
    package var announced: [Announcement]
    /// Why it could not be told; nil where it is known to work.
    package var trouble: Trouble?

    package init(announced: [Announcement] = [], trouble: Trouble? = nil) {
        self.announced = announced
        self.trouble = trouble
    }

    package var isEmpty: Bool { announced.isEmpty && trouble == nil }

    /// Remembers that the command failed. It is tried again at the pace of refusals: it waits for
    /// whoever set it up, and not for a link.
    package mutating func fail(
        _ message: String,
        detail: String?,
        under policy: RetryPolicy,
        at now: Timestamp,
        chance: Double
    ) {
        let failure = Failure(
            kind: .misconfigured,
            code: "on_attention",
            message: message,
            detail: detail,
            scope: .server,
            closesSent: true,
            pace: .refusal
        )
        trouble = policy.trouble(after: failure, previous: trouble, at: now, chance: chance)
    }

    /// Takes back that it was told something, which is told again then, unless it is out of date.
    package mutating func takeBack(_ announcing: Announcing) {
        let newly = Set(announcing.newly.map(\.identity))
        for index in announced.indices where newly.contains(announced[index].identity) {
            announced[index].isSaid = false
        }
        let present = Set(announced.map(\.identity))
        announced += announcing.over.filter { !present.contains($0.identity) }
    }
}
