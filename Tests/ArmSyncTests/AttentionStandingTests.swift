import ArmProtocol
import ArmSync
import Testing

/// What the command that brings news was told, and what it was not.
@Suite struct AttentionStandingTests {
    private static let noon = Timestamp(milliseconds: 1_795_341_600_000)
    private static let conflict = Announcement.Identity(document: .test, cause: "conflict")
    private static let refused = Announcement.Identity(document: .test, cause: "refused")

    private func finding(_ identity: Announcement.Identity) -> Finding {
        Finding(identity, since: Self.noon, patience: .zero)
    }

    /// The standing after something was told of those findings, and what that was.
    private func told(
        _ identities: [Announcement.Identity],
        after before: AttentionStanding = AttentionStanding()
    ) -> (standing: AttentionStanding, announcing: Announcing) {
        let announcing = Announcing(
            before: before.announced,
            findings: identities.map(finding),
            at: Self.noon
        )
        return (AttentionStanding(announced: announcing.after), announcing)
    }

    @Test func `what could not be told is told by the next run, both news and ends`() {
        let first = told([Self.conflict]).standing
        var (standing, announcing) = told([Self.refused], after: first)
        #expect(announcing.newly.map(\.identity) == [Self.refused])
        #expect(announcing.over.map(\.identity) == [Self.conflict])
        standing.takeBack(announcing)
        let again = told([Self.refused], after: standing).announcing
        #expect(again.newly.map(\.identity) == [Self.refused])
        #expect(again.over.map(\.identity) == [Self.conflict])
    }

    @Test func `what is over before it could be told is never told`() {
        var (standing, announcing) = told([Self.conflict])
        standing.takeBack(announcing)
        let next = told([], after: standing).announcing
        #expect(next.newly.isEmpty && next.over.isEmpty)
    }

    @Test func `an end that another run has made out of date is not taken back`() {
        let first = told([Self.conflict]).standing
        let (ended, announcing) = told([], after: first)
        var standing = told([Self.conflict], after: ended).standing
        standing.takeBack(announcing)
        #expect(standing == first)
    }

    @Test func `a command that fails is tried ever more slowly, and at least every hour`() {
        var standing = AttentionStanding()
        var now = Self.noon
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            standing.fail("no", detail: nil, under: RetryPolicy(), at: now, chance: 1)
            #expect(standing.trouble?.nextAttempt == now + .seconds(wait * 60))
            #expect(standing.trouble?.since == Self.noon)
            #expect(standing.trouble?.needsAttention(at: now + .seconds(1_000_000)) == false)
            now = now + .seconds(wait * 60)
        }
    }
}
