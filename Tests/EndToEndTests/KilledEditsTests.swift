import Glibc
import Testing

@Suite("A power switch in the middle of edits")
struct KilledEditsTests {
    @Test(
        "loses no edit whose command had ended",
        arguments: [1, 3, 8, 14, 25]
    )
    func loop(killedAfter count: Int) throws {
        let server = try SampleServer()
        let station = try Station(server)
        // Each number is printed only after its command ended with 0.
        let loop = try ChildProcess(
            "/bin/sh",
            [
                "-c",
                """
                i=0
                while i=$((i+1)); do
                    arm-sync set /k$i $i --quiet || exit 9
                    echo "done $i."
                done
                """,
            ],
            environment: station.environment,
            leadsGroup: true
        )
        try loop.output(containing: "done \(count).")
        loop.signalGroup(SIGKILL)
        let ended = try loop.wait()
        #expect(ended.end == .killed(signal: SIGKILL))
        let acknowledged = ended.lines.count
        #expect(acknowledged >= count)

        let local = try station.local()
        for number in 1...acknowledged {
            #expect(local.contains("\"k\(number)\":\(number)"), "edit \(number) in \(local)")
        }
        let document = try station.document()
        #expect(document.state == "pending")
        // The one that was killed may have been stored or not; nothing else may be there.
        #expect([acknowledged, acknowledged + 1].contains(document.pending_edits))
        #expect(try station.run("set", "/last", "true").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == station.local())
        #expect(try station.document().state == "synced")
    }
}
