import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("Screens for people, at 80 columns without colours")
struct ScreenTests {
    private func status(_ server: ServerStanding, _ documents: [DocumentStatus]) -> String {
        StatusScreen(console: .plain, now: .now)
            .lines(of: Overview(server: server, documents: documents)).joined(separator: "\n")
    }

    private static let reached = ServerStanding(
        binding: .sample,
        lastContactAt: .before(.minutes(2))
    )

    @Test("status before anything was configured or edited")
    func statusEmpty() throws {
        try Golden.expect(status(ServerStanding(), []), is: "status-empty")
    }

    @Test("status where all is saved")
    func statusSaved() throws {
        let documents = ["101", "102"].map { agent in
            DocumentStatus.sample(.synced, DocumentKey(application: "hodor", agent: agent)) {
                $0.lastSavedAt = .before(.hours(3))
            }
        }
        try Golden.expect(status(Self.reached, documents), is: "status-saved")
    }

    @Test("status where edits wait and the switch is out of reach")
    func statusOffline() throws {
        let trouble = Trouble.sample(.unreachable, "nothing listens at switch.example:8086")
        let standing = ServerStanding(
            binding: .sample,
            lastContactAt: .before(.hours(2)),
            trouble: trouble
        )
        let documents: [DocumentStatus] = [
            .sample(.retrying) {
                $0.wait(3, since: .minutes(12))
                $0.lastSavedAt = .before(.hours(2))
                $0.trouble = trouble
            },
            .sample(.pending, DocumentKey(application: "reports")) {
                $0.wait(1, since: .seconds(0))
            },
        ]
        try Golden.expect(status(standing, documents), is: "status-offline")
    }

    @Test("status where every document needs somebody, each for another reason")
    func statusNeedy() throws {
        var documents = HeldReason.allCases.map { reason in
            DocumentStatus.sample(
                reason == .conflict ? .conflict : .held,
                DocumentKey(application: "hodor", agent: reason.rawValue)
            ) {
                $0.heldReason = reason
                $0.wait(2, since: .hours(30))
            }
        }
        let kinds: [FailureKind] = [.refused, .unauthenticated, .misconfigured, .garbled]
        documents += kinds.map { kind in
            .sample(.retrying, DocumentKey(application: "hodor", agent: kind.rawValue)) {
                $0.wait(1, since: .hours(60))
                $0.trouble = .sample(kind, "what the failure was", attention: .before(.hours(1)))
            }
        }
        documents.append(
            .sample(.unreadable, DocumentKey(application: "hodor", agent: "unreadable")) {
                $0.storeError = StoreError(
                    .unreadable,
                    "line 7 of /var/lib/arm-sync/documents/hodor/unreadable/journal.jsonl is damaged"
                )
            }
        )
        let trouble = Trouble.sample(
            .unauthenticated,
            "the server did not accept the credentials (HTTP 401)",
            attention: .before(.hours(1))
        )
        let standing = ServerStanding(binding: .sample, trouble: trouble)
        try Golden.expect(status(standing, documents), is: "status-needy")
    }

    @Test("sync of documents that fared differently")
    func sync() throws {
        let failures: [SyncReport] = FailureKind.allCases.flatMap { kind in
            ["1", "2"].prefix(kind == .unreachable ? 2 : 1).map { number in
                var report = SyncReport(
                    key: DocumentKey(application: kind.rawValue, agent: number),
                    result: .failed(kind)
                )
                report.failure = .sample(kind, "what the \(kind.rawValue) failure was")
                report.needsAttention = kind == .refused
                report.trouble = .sample(
                    kind,
                    "what it was",
                    next: .minutes(kind == .refused ? 43 : 0)
                )
                return report
            }
        }
        var saved = SyncReport(key: .hodor, result: .saved)
        saved.edits = 12
        var waiting = SyncReport(
            key: DocumentKey(application: "hodor", agent: "waits"),
            result: .skipped
        )
        waiting.waits = true
        waiting.trouble = .sample(.transient, "what it was", next: .minutes(12))
        let results: [(String, SyncReport.Result)] =
            [
                ("saved", .saved), ("unchanged", .unchanged), ("merged", .merged),
                ("skipped", .skipped),
                ("store", .storeFailed(StoreError(.failed, "the edit was not stored: disk full"))),
            ] + HeldReason.allCases.map { ($0.rawValue, .held($0)) }
        let others = results.map { agent, result in
            SyncReport(key: DocumentKey(application: "hodor", agent: agent), result: result)
        }
        let summary = SyncSummary(reports: [saved, waiting] + others + failures)
        let lines = SyncScreen(console: .plain, now: .now).lines(of: summary)
        try Golden.expect(lines.joined(separator: "\n"), is: "sync")
    }

    @Test("nothing a server says steers the terminal", arguments: FailureKind.allCases)
    func controls(kind: FailureKind) {
        let message = "\u{1B}]0;title\u{7} \u{9B}2J\r\n\tred\u{0}"
        var report = SyncReport(key: .hodor, result: .failed(kind))
        report.failure = .sample(kind, message)
        let store = SyncReport(key: .hodor, result: .storeFailed(StoreError(.failed, message)))
        let trouble = Trouble.sample(kind, message, code: message)
        let document = DocumentStatus.sample(.retrying) { $0.trouble = trouble }
        let unreadable = DocumentStatus.sample(.unreadable) {
            $0.storeError = StoreError(.unreadable, message)
        }
        let standing = ServerStanding(binding: .sample, trouble: trouble)
        let text =
            SyncScreen(console: .plain, now: .now)
            .lines(of: SyncSummary(reports: [report, store])).joined(separator: "\n")
            + status(standing, [document, unreadable])
        #expect(text.contains("red"))
        #expect(
            text.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar.properties.generalCategory != .control
            }
        )
    }

    @Test("colour says the same as the words, and ends where it began")
    func colour() {
        #expect(Palette(isColored: false).paint("saved", .good) == "saved")
        #expect(Palette(isColored: true).paint("saved", .good) == "\u{1B}[32msaved\u{1B}[0m")
    }

    @Test("sync without documents")
    func syncNothing() throws {
        let summary = SyncSummary(reports: [])
        let lines = SyncScreen(console: .plain, now: .now).lines(of: summary)
        try Golden.expect(lines.joined(separator: "\n"), is: "sync-nothing")
    }
}
