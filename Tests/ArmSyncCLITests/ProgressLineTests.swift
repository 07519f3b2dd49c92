import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("Progress")
struct ProgressLineTests {
    @Test("counts what is done, and what is not as it should be")
    func counting() {
        var line = ProgressLine(total: 200)
        #expect(line.text == "0 of 200 documents")
        #expect(line.advance(by: SyncReport(key: .hodor, result: .saved)) == "1 of 200 documents")
        let failed = SyncReport(key: .hodor, result: .failed(.transient))
        #expect(line.advance(by: failed) == "2 of 200 documents, 1 waiting")
        let held = SyncReport(key: .hodor, result: .held(.conflict))
        #expect(line.advance(by: held) == "3 of 200 documents, 2 waiting")
    }

    @Test("a line takes the place of the one before, however long that was")
    func overwriting() {
        #expect(ProgressLine.overwriting("abc") == "\rabc\u{1B}[K")
        #expect(ProgressLine.overwriting("") == "\r\u{1B}[K")
    }

    @Test("hundreds of documents that fared alike are one line, unless somebody wants them all")
    func summingUp() {
        let reports = (1...200).map { number in
            SyncReport(
                key: .init(application: "hodor", agent: "\(number)"),
                result: number % 50 == 0 ? .saved : number % 67 == 0 ? .held(.blind) : .unchanged
            )
        }
        let screen = SyncScreen(console: .plain, now: .now)
        let lines = screen.lines(of: SyncSummary(reports: reports))
        #expect(lines.first == "194 documents  unchanged")
        #expect(lines.filter { $0.hasSuffix("saved") }.count == 4)
        #expect(lines.filter { $0.contains("held") }.count == 2)
        #expect(lines.count < 20, "\(lines)")
        let edited = (1...30).map { number in
            var report = SyncReport(
                key: .init(application: "hodor", agent: "\(number)"),
                result: .saved
            )
            report.edits = number == 1 ? 0 : 2
            return report
        }
        let saved = screen.lines(of: SyncSummary(reports: edited))
        #expect(saved == ["30 documents  saved, 58 edits"])
        let few = screen.lines(of: SyncSummary(reports: Array(reports.prefix(20))))
        #expect(few.count == 20)
    }
}
