import Testing

@testable import ArmSyncCLI

@Suite("Durations in words")
struct DurationWordsTests {
    @Test(
        "are a whole number and a unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("0s", .zero), ("30s", .seconds(30)),
            ("15m", .seconds(900)), ("1h", .seconds(3600)), ("007s", .seconds(7)),
            ("1000000000h", .seconds(3_600_000_000_000)),
        ]
    )
    func read(words: String, duration: Duration) {
        #expect(Duration(words: words) == duration)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "s", "30", "30 s", " 30s", "30s ", "30S", "1.5h", "-1s", "+1s", "1h30m", "1d",
            "1000000001s", "99999999999999999999s", "٣s", "３s", "1\u{301}s", "0x1s",
        ]
    )
    func refuse(words: String) {
        #expect(Duration(words: words) == nil)
    }

    @Test(
        "are written as they are read, in the largest unit that is exact",
        arguments: [
            "1ms", "1500ms", "90s", "15m", "24h", "0s",
        ]
    )
    func write(words: String) {
        #expect(Duration(words: words)?.words == words)
    }

    @Test(
        "are rough for people",
        arguments: [
            (Duration.seconds(-3), "0 s"), (.milliseconds(900), "0 s"), (.seconds(59), "59 s"),
            (.seconds(60), "1 min"), (.seconds(3599), "59 min"), (.hours(1), "1 h"),
            (.hours(47), "47 h"), (.hours(48), "2 days"),
            (.seconds(Int64.max), "106751991167300 days"),
        ]
    )
    func rough(duration: Duration, words: String) {
        #expect(duration.rough == words)
    }
}
