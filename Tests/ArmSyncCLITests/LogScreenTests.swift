import JSONDocument
import Testing

@testable import ArmSync
@testable import ArmSyncCLI

@Suite("The log in words")
struct LogScreenTests {
    @Test("has words of its own for every event", arguments: [\Event.words, \Event.totalWord])
    func words(text: any KeyPath<Event, String> & Sendable) {
        let words = Event.allCases.map { $0[keyPath: text] }
        #expect(Set(words).count == words.count)
        #expect(words.allSatisfy { !$0.isEmpty })
    }

    @Test("tells a moment by the station's clock")
    func moment() {
        let text = Timestamp.now.local
        #expect(text.hasPrefix("2026-11-2") && text.count == 19)
        // A time no calendar has is still told.
        #expect(!Timestamp(milliseconds: .max).local.isEmpty)
        #expect(!Timestamp(milliseconds: .min).local.isEmpty)
    }
}
