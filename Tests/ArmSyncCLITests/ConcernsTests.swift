import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("What an unattended run tells of")
struct ConcernsTests {
    private func concerns(
        _ documents: [DocumentStatus],
        trouble: Trouble? = nil,
        failures: [(DocumentKey?, StoreError)] = []
    ) -> Concerns {
        Concerns(
            Overview(
                server: ServerStanding(binding: .sample, trouble: trouble),
                documents: documents
            ),
            failures: failures.map { (key: $0.0, error: $0.1) },
            at: .now,
            warnAfter: .hours(1)
        )
    }

    private func said(_ concerns: Concerns, before: [Announcement] = []) -> String {
        let findings = concerns.all.map(\.finding)
        let announcing = Announcing(before: before, findings: findings, at: .now)
        return concerns.lines(announcing).joined(separator: "\n")
    }

    private static let late: Timestamp = .before(.hours(1))

    /// Trouble, and what it makes a run exit with.
    static let troubles: [(Trouble, ArmSyncCLI.ExitStatus)] = [
        (.sample(.unreachable, "x"), .done), (.sample(.transient, "x"), .done),
        (.sample(.garbled, "x"), .done), (.sample(.refused, "x"), .done),
        (.sample(.misconfigured, "x"), .done),
        (.sample(.refused, "x", attention: late), .needsPerson),
        (.sample(.unauthenticated, "x", attention: late), .unauthenticated),
        (.sample(.misconfigured, "x", attention: late), .configuration),
    ]

    @Test("what passes by itself needs nobody, and is told only when it lasts")
    func troubles() {
        for (trouble, status) in Self.troubles {
            let documents = [DocumentStatus.sample(.retrying) { $0.ownTrouble = trouble }]
            for concerns in [concerns([], trouble: trouble), concerns(documents)] {
                #expect(concerns.status == status, "\(trouble)")
                #expect(said(concerns).isEmpty == (status == .done), "\(trouble)")
            }
            var old = trouble
            old.since = .before(.hours(2))
            #expect(!said(concerns([], trouble: old)).isEmpty, "\(trouble)")
        }
    }

    @Test("a link that fails now in one way, now in another, is one and the same concern")
    func sameCause() {
        let kinds: [FailureKind] = [.unreachable, .transient, .garbled]
        let identities = kinds.flatMap { kind in
            concerns([], trouble: .sample(kind, "now \(kind)")).all.map(\.finding.identity)
        }
        #expect(Set(identities).count == 1)
    }

    @Test("the document's own trouble is told even while the server's hides it")
    func hidden() {
        let document = DocumentStatus.sample(.retrying) {
            $0.ownTrouble = .sample(.refused, "no", attention: Self.late)
            $0.trouble = .sample(.unreachable, "off")
        }
        let concerns = concerns([document], trouble: .sample(.unreachable, "off"))
        #expect(concerns.status == .needsPerson)
        #expect(concerns.all.map(\.finding.identity.cause) == ["unreachable", "refused"])
    }

    @Test("every kind of concern has words for its end, and is known by what was remembered")
    func ends() {
        for kind in ConcernKind.allCases {
            let identity = Announcement.Identity(document: .hodor, cause: kind.rawValue)
            let said = Announcement(identity, since: .before(.hours(30)), isSaid: true)
            #expect(
                self.said(concerns([]), before: [said])
                    == "arm-sync: hodor / 102: \(kind.over); the trouble began 2026-11-21 04:00 UTC"
            )
        }
        // What a later version has said is no reason to fail.
        let unknown = Announcement(.init(cause: "moonshine"), since: .now, isSaid: true)
        #expect(said(concerns([]), before: [unknown]) == "")
    }

    @Test("words for every concern")
    func words() throws {
        var documents = HeldReason.allCases.map { reason in
            DocumentStatus.sample(
                reason == .conflict ? .conflict : .held,
                DocumentKey(application: "hodor", agent: reason.rawValue)
            ) {
                $0.heldReason = reason
                $0.wait(2, since: .hours(30))
            }
        }
        documents.append(
            .sample(.retrying, DocumentKey(application: "hodor", agent: "refused")) {
                $0.wait(1, since: .hours(3))
                $0.ownTrouble = .sample(
                    .refused,
                    "the server refused: cannot_perform_cmd",
                    attention: Self.late
                )
            }
        )
        documents.append(
            .sample(.unreadable, DocumentKey(application: "hodor", agent: "unreadable")) {
                $0.storeError = StoreError(.unreadable, "line 7 of its journal is damaged")
            }
        )
        var trouble = Trouble.sample(.unreachable, "nothing listens at switch.example:8086")
        trouble.since = .before(.hours(2))
        let full = StoreError(.failed, "the disk is full")
        let concerns = concerns(documents, trouble: trouble, failures: [(.hodor, full)])
        #expect(concerns.status == .configuration)
        try Golden.expect(said(concerns), is: "cron")
    }
}
