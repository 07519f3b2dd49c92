import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("What a run tells scripts")
struct SyncSummaryTests {
    /// A report, the word and the code it comes to.
    struct Case: Sendable, CustomTestStringConvertible {
        var result: SyncReport.Result
        var word: String
        var code: Int32
        var needsAttention = false
        var waits = false
        var trouble: FailureKind?

        var testDescription: String { "\(word) \(code)" }

        var report: SyncReport {
            var report = SyncReport(key: .hodor, result: result)
            report.needsAttention = needsAttention
            report.waits = waits
            report.trouble = trouble.map { .sample($0, "why") }
            return report
        }
    }

    static let cases: [Case] = [
        Case(result: .saved, word: "saved", code: 0),
        Case(result: .unchanged, word: "unchanged", code: 0),
        Case(result: .merged, word: "merged", code: 0),
        Case(result: .held(.conflict), word: "conflict", code: 1),
        Case(result: .held(.remoteEmptied), word: "held", code: 1),
        Case(result: .held(.blind), word: "held", code: 1),
        Case(result: .held(.foreignContent), word: "held", code: 1),
        Case(result: .held(.foreignServer), word: "held", code: 78),
        Case(result: .failed(.unreachable), word: "unreachable", code: 75),
        Case(result: .failed(.transient), word: "transient", code: 75),
        Case(result: .failed(.garbled), word: "garbled", code: 75),
        Case(result: .failed(.refused), word: "refused", code: 75),
        Case(result: .failed(.refused), word: "refused", code: 1, needsAttention: true),
        Case(result: .failed(.unauthenticated), word: "unauthenticated", code: 77),
        Case(result: .failed(.misconfigured), word: "misconfigured", code: 78),
        Case(result: .skipped, word: "skipped", code: 0),
        Case(result: .skipped, word: "skipped", code: 0, trouble: .unreachable),
        Case(result: .skipped, word: "skipped", code: 75, waits: true),
        Case(result: .skipped, word: "skipped", code: 75, waits: true, trouble: .unreachable),
        Case(
            result: .skipped,
            word: "skipped",
            code: 1,
            needsAttention: true,
            waits: true,
            trouble: .refused
        ),
        Case(
            result: .skipped,
            word: "skipped",
            code: 77,
            needsAttention: true,
            trouble: .unauthenticated
        ),
        Case(result: .cutShort, word: "skipped", code: 75),
        Case(
            result: .storeFailed(StoreError(.failed, "disk full")),
            word: "store_failed",
            code: 74
        ),
        Case(
            result: .storeFailed(StoreError(.unreadable, "damaged")),
            word: "unreadable",
            code: 74
        ),
    ]

    @Test("a word and an exit code for every result", arguments: cases)
    func everyResult(example: Case) {
        #expect(example.report.word == example.word)
        #expect(example.report.status.rawValue == example.code)
        let summary = SyncSummary(reports: [example.report])
        #expect(summary.status.rawValue == example.code)
    }

    @Test("the last line has the exit code of the command")
    func lastLine() {
        let summary = SyncSummary(reports: [SyncReport(key: .hodor, result: .cutShort)])
        #expect(summary.json(endingWith: 143).map { $0["exit_code"] } == [nil, 143])
    }

    @Test("one object a document, then the totals")
    func lines() {
        var saved = SyncReport(key: .hodor, result: .saved)
        (saved.requests, saved.edits) = (3, 2)
        var failed = SyncReport(key: DocumentKey(application: "й\""), result: .failed(.transient))
        failed.requests = 1
        let summary = SyncSummary(reports: [saved, failed])
        #expect(
            summary.json(endingWith: summary.status.rawValue).map { $0.text(.compact) } == [
                #"{"application_id":"hodor","agent_id":"102","result":"saved","requests":3,"edits":2}"#,
                #"{"application_id":"й\"","agent_id":null,"result":"transient","requests":1,"edits":0}"#,
                #"{"schema":"arm-sync.sync/1","exit_code":75,"documents":2,"requests":4,"edits":2}"#,
            ]
        )
    }

    @Test("every line of a dry run says that it is one")
    func dryRun() {
        let report = SyncReport(key: .hodor, result: .unchanged)
        let summary = SyncSummary(reports: [report], isDryRun: true)
        #expect(summary.json(endingWith: 0).count == 2)
        #expect(summary.json(endingWith: 0).allSatisfy { $0["dry_run"] == true })
        let real = SyncSummary(reports: [report])
        #expect(real.json(endingWith: 0).allSatisfy { $0["dry_run"] == nil })
    }

    @Test("a run that did not end well says so, whatever its documents came to")
    func failure() {
        let saved = SyncReport(key: .hodor, result: .saved)
        let summary = SyncSummary(reports: [saved], failure: StoreError(.failed, "disk full"))
        #expect(summary.status == .storeFailed)
        #expect(
            summary.json(endingWith: summary.status.rawValue).map { $0["exit_code"] } == [nil, 74]
        )
    }

    @Test("no documents are no failure")
    func empty() {
        let summary = SyncSummary(reports: [])
        #expect(
            summary.json(endingWith: summary.status.rawValue).map { $0.text(.compact) } == [
                #"{"schema":"arm-sync.sync/1","exit_code":0,"documents":0,"requests":0,"edits":0}"#
            ]
        )
    }
}
