import Testing

@Suite("A crowd of processes on one document")
struct CrowdTests {
    @Test(
        "two hundred edits at once are all accepted and all arrive",
        .onceForBothTransportsInSuite
    )
    func twoHundred() throws {
        let rounds = TortureSettings.count(inSuite: 1, complete: 10)
        for round in 1...rounds {
            let server = try SampleServer()
            let station = try Station(server)
            let crowd = try ChildProcess(
                "/bin/sh",
                [
                    "-c",
                    """
                    for i in $(seq 200); do arm-sync set /k$i $i --quiet & all="$all $!"; done
                    for one in $all; do wait $one || exit 9; done
                    """,
                ],
                environment: station.environment
            ).wait(within: .seconds(300))
            #expect(crowd.code == 0, "round \(round): \(crowd.words)")
            let expected = Dictionary(uniqueKeysWithValues: (1...200).map { ("k\($0)", $0) })
            #expect(try station.places() == expected, "round \(round)")
            #expect(try station.document().pending_edits == 200, "round \(round)")
            #expect(try station.sync() == (0, "saved", 3), "round \(round)")
            #expect(try server.places() == expected, "round \(round)")
        }
        if TortureSettings.isComplete { print("crowd: \(rounds) rounds of 200 edits at once") }
    }

    @Test("edits and syncs race, from two sides each, and every edit arrives")
    func race() throws {
        let count = TortureSettings.count(inSuite: 30, complete: 300)
        let server = try SampleServer()
        let station = try Station(server)
        func edits(_ name: String) throws -> ChildProcess {
            let loop =
                "for i in $(seq \(count)); do arm-sync set /\(name)$i $i --quiet || exit 9; done"
            return try ChildProcess(
                "/bin/sh",
                ["-c", "\(loop); echo all"],
                environment: station.environment
            )
        }
        let loops = try [edits("a"), edits("b")]
        // One of two syncs at a time finds the other one running.
        let syncing = """
            while [ ! -e "$HOME/ended" ]; do
                arm-sync sync --quiet || [ $? -eq 75 ] || exit 9; echo sync
            done
            """
        let syncs = try (1...2).map { _ in
            try ChildProcess("/bin/sh", ["-c", syncing], environment: station.environment)
        }
        for loop in loops {
            let ended = try loop.wait(within: .seconds(600))
            #expect(ended.output == "all\n", "\(ended.words)")
        }
        try station.write("", to: "ended")
        var runs = 0
        for sync in syncs {
            let ended = try sync.wait()
            #expect(ended.code == 0, "\(ended.words)")
            runs += ended.lines.count
        }
        #expect(try station.sync().code == 0)
        let expected = ["a", "b"].flatMap { name in (1...count).map { ("\(name)\($0)", $0) } }
        #expect(try station.places() == Dictionary(uniqueKeysWithValues: expected))
        #expect(try server.places() == station.places())
        #expect(try station.document().state == "synced")
        if TortureSettings.isComplete { print("crowd: \(2 * count) edits beside \(runs) syncs") }
    }
}
