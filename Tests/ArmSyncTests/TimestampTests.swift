import ArmSync
import ArmSyncTestKit
import SeededRandom
import Testing

@Suite struct TimestampTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `every millisecond comes back from its text`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let moment = generator.timestamp()
            let back = Timestamp(rfc3339: moment.rfc3339)
            #expect(back == moment, "seed \(seed): \(moment.milliseconds) as \(moment.rfc3339)")
        }
    }

    @Test func `a moment is written in UTC with three digits of a second`() {
        #expect(Timestamp(milliseconds: 1).rfc3339 == "1970-01-01T00:00:00.001Z")
        #expect(Timestamp(milliseconds: 1_795_341_608_919).rfc3339 == "2026-11-22T10:00:08.919Z")
    }

    @Test(arguments: [
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-12_212_553_600_000, "1583-01-01T00:00:00.000Z"),
    ])
    func `leap days and the ends of years are where the calendar has them`(
        milliseconds: Int64,
        text: String
    ) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test func `a whole second is read too`() {
        let moment = Timestamp(rfc3339: "2026-11-22T10:00:00Z")
        #expect(moment == Timestamp(milliseconds: 1_795_341_600_000))
    }

    @Test(arguments: ["", "Z", "yesterday", "2026-99-99T10:00:00.5Z", "-2026-11-22T10:00:00.0Z"])
    func `a text that names no moment is none`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [Int64.min, -1, 0, 253_402_300_800_000, .max])
    func `no moment is too far away to be written`(milliseconds: Int64) {
        #expect(!Timestamp(milliseconds: milliseconds).rfc3339.isEmpty)
    }

    @Test func `sums and differences past what fits stop at the last there is`() {
        let first = Timestamp(milliseconds: .min)
        let last = Timestamp(milliseconds: .max)
        #expect(last + .seconds(1) == last)
        #expect(last.since(first) == .milliseconds(Int64.max))
        #expect(first.since(last) == .milliseconds(Int64.min))
        let longest = Duration(secondsComponent: .max / 1000, attosecondsComponent: 999 << 50)
        #expect(longest.milliseconds == .max)
    }
}
