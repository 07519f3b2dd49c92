import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("The line for monitoring")
struct CheckLineTests {
    private func line(
        _ documents: [DocumentStatus],
        trouble: Trouble? = nil
    ) -> CheckLine {
        CheckLine(
            Overview(
                server: ServerStanding(binding: .sample, trouble: trouble),
                documents: documents
            ),
            warning: .hours(1),
            critical: .hours(24),
            at: .now
        )
    }

    private static let data = "oldest_edit=0s;3600;86400;0 conflicts=0;0;;0 held=0;0;;0"

    @Test("where all is well")
    func calm() {
        let line = line([.sample(.synced), .sample(.synced)])
        #expect(line.level == .ok)
        #expect(
            line.text == "ARM-SYNC OK - 2 documents, all saved|documents=2;;;0 pending=0;;;0 "
                + "\(Self.data) unreadable=0;;0;0"
        )
        #expect(self.line([]).text.hasPrefix("ARM-SYNC OK - 0 documents, all saved|documents=0"))
    }

    @Test(
        "where edits wait, by their age",
        arguments: [
            (Duration.minutes(4), CheckLine.Level.ok, "OK - 3 edits waiting for 4 min|"),
            (.hours(1), .ok, "OK - 3 edits waiting for 1 h|"),
            (.minutes(61), .warning, "WARNING - 3 edits waiting for 1 h|"),
            (.hours(24), .warning, "WARNING - 3 edits waiting for 24 h|"),
            (.minutes(24 * 60 + 1), .critical, "CRITICAL - 3 edits waiting for 24 h|"),
            (.minutes(-5), .ok, "OK - 3 edits waiting for 0 s|"),
        ]
    )
    func ages(age: Duration, level: CheckLine.Level, text: String) {
        let line = line([.sample(.pending) { $0.wait(3, since: age) }, .sample(.synced)])
        #expect(line.level == level)
        #expect(line.text.contains(text), "\(line.text)")
        let seconds = max(age.components.seconds, 0)
        #expect(line.text.contains("pending=3;;;0 oldest_edit=\(seconds)s;3600;86400;0"))
    }

    @Test("what needs somebody: a warning for what waits, critical for what is broken")
    func needy() {
        let conflict = line([.sample(.conflict) { $0.heldReason = .conflict }])
        #expect(conflict.level == .warning)
        #expect(conflict.text.hasPrefix("ARM-SYNC WARNING - 1 in conflict|"))
        #expect(conflict.text.contains("conflicts=1;0;;0"))
        #expect(line([.sample(.held) { $0.heldReason = .blind }]).level == .warning)

        let unreadable = line([.sample(.unreadable), .sample(.held)])
        #expect(unreadable.level == .critical)
        #expect(unreadable.text.hasPrefix("ARM-SYNC CRITICAL - 1 unreadable, 1 held|"))
        #expect(unreadable.text.contains("unreadable=1;;0;0"))

        let rejected = Trouble.sample(.unauthenticated, "no", attention: .before(.hours(1)))
        #expect(line([], trouble: rejected).level == .critical)
        #expect(line([], trouble: rejected).text.contains("credentials not accepted|"))

        let refused = line([
            .sample(.retrying) {
                $0.trouble = .sample(.refused, "no", attention: .before(.hours(1)))
            }
        ])
        #expect(refused.level == .warning)
        #expect(line([.sample(.retrying) { $0.trouble = .sample(.refused, "no") }]).level == .ok)
    }

    @Test("what cannot be told is one line, without what would end it")
    func unknown() {
        let error = CommandError(.configuration, "a|b\nc", advice: "Mend it.")
        #expect(CheckLine(unknown: error).text == "ARM-SYNC UNKNOWN - a/b\u{FFFD}c")
        #expect(CheckLine(unknown: error).level.rawValue == 3)
    }
}
