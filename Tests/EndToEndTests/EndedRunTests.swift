import Foundation
import Glibc
import Testing

@Suite("Runs that are ended early")
struct EndedRunTests {
    /// A sync whose first request that fits the fault hangs.
    private func hangingSync(
        _ station: Station,
        _ server: SampleServer,
        at command: String,
        _ arguments: String...
    ) throws -> ChildProcess {
        try server.set(faults: "hang:after@\(command)")
        let sync = try station.start(["sync"] + arguments)
        try eventually("it hangs at its \(command)") {
            try server.requests().contains { $0.command == command }
        }
        return sync
    }

    @Test("a signal ends a run in order, and nobody is blamed", arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil)
        for agent in 1...6 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(agent)").code == 0)
        }
        let sync = try hangingSync(station, server, at: "save")
        sync.signal(number)
        let outcome = try sync.wait(within: .seconds(20))
        #expect(outcome.code == 128 + number, "\(outcome.words)")
        #expect(outcome.output.contains("the run was ended"), "\(outcome.words)")
        let status = try station.status()
        #expect(status.server.unreachable_since == nil)
        #expect(status.documents.allSatisfy { $0.last_error == nil && $0.attempts == 0 })
        #expect(status.totals.pending_edits == 6)

        // The save that hung had been carried out: the next read finds it.
        try server.forgetRequests()
        #expect(try station.run("sync", "--if-due").code == 0)
        #expect(try server.requests().filter(\.isSave).count == 5)
        #expect(try station.status().totals.pending_edits == 0)
    }

    @Test(
        "a signal ends the credentials command with all that it has started, and nobody is blamed",
        arguments: [SIGINT, SIGTERM],
        ["first", "refused"]
    )
    func credentialsCommand(number: Int32, reason: String) throws {
        let server = try SampleServer()
        let station = try Station(server)
        // It waits in a program of its own, which would outlive it.
        let command = """
            while read -r line && [ -n "$line" ]; do
                if [ "$line" = reason=\(reason) ]; then
                    sleep 3600 &
                    echo $! > "$HOME/started"; mv "$HOME/started" "$HOME/waiting"
                    wait
                fi
            done
            echo 'header=X-Token: old'
            """
        let script = try station.write(command, to: "command")
        station.environment["ARM_SYNC_CREDENTIALS_COMMAND"] = "sh '\(script)'"
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "401@read")
        let sync = try station.start("sync", "--json")
        let waiting = "\(station.home)/waiting"
        try eventually("the command waits") { access(waiting, F_OK) == 0 }
        let id = try station.contents(waiting).trimmingCharacters(in: .newlines)
        sync.signal(number)
        let outcome = try sync.wait(within: .seconds(20))
        #expect(outcome.code == 128 + number, "\(outcome.words)")
        #expect(try outcome.decoded(SyncLine.self).map(\.result) == ["skipped", nil])
        try eventually("what it started is gone") {
            guard let stat = try? station.contents("/proc/\(id)/stat") else { return true }
            // Dead, and waiting for whoever inherited it.
            return stat.contains(") Z ")
        }
        let document = try station.document()
        #expect(document.last_error == nil && document.attempts == 0)
        #expect(try station.status().server.unreachable_since == nil)

        try server.clearFaults()
        try station.write("echo 'header=X-Token: new'", to: "command")
        #expect(try station.run("sync", "--if-due").code == 0)
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("Ctrl-C for the program in front leaves alone what runs in the background of a shell")
    func background() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "hang@read")
        let sync = try ChildProcess(
            "/bin/sh",
            ["-c", "trap '' INT; exec arm-sync sync"],
            environment: station.environment
        )
        try eventually("it reads") { try !server.requests().isEmpty }
        sync.signal(SIGINT)
        sync.signal(SIGTERM)
        #expect(try sync.wait(within: .seconds(20)).code == 143)
    }

    @Test("a run that is ended while it reads begins no other document")
    func endedReading() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil)
        for agent in 1...6 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(agent)").code == 0)
        }
        let sync = try hangingSync(station, server, at: "read", "--json")
        sync.signal(SIGTERM)
        let outcome = try sync.wait(within: .seconds(20))
        #expect(outcome.code == 143)
        let lines = try outcome.decoded(SyncLine.self)
        #expect(lines.compactMap(\.result) == Array(repeating: "skipped", count: 6))
        #expect(lines.last?.requests == 1)
        #expect(lines.last?.exit_code == 143)
        #expect(try server.requests().count == 1)
    }

    @Test("a second signal ends it at once, whatever the first one began")
    func secondSignal() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        // Held at the document's lock, where cancelling does not reach.
        let lock = "\(station.folder())/lock"
        let holder = open(lock, O_RDWR | O_CLOEXEC)
        defer { close(holder) }
        #expect(flock(holder, LOCK_EX) == 0)
        let sync = try station.start("sync")
        try eventually("it waits for the lock") {
            try station.contents("/proc/locks").contains(" -> FLOCK  ADVISORY  WRITE \(sync.id) ")
        }
        sync.signal(SIGTERM)
        try eventually("it is gone") {
            sync.signal(SIGINT)
            return try station.contents("/proc/\(sync.id)/stat").contains(") Z ")
        }
        let outcome = try sync.wait(within: .seconds(20))
        guard case .killed = outcome.end else {
            Issue.record("it ended by itself: \(outcome.words)")
            return
        }
        flock(holder, LOCK_UN)
        #expect(try station.sync() == (0, "saved", 3))
    }

    @Test("--max-time ends a run with 75, and the next one goes on where it was")
    func outOfTime() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil)
        for agent in 1...3 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(agent)").code == 0)
        }
        try server.set(faults: "hang@read")
        let outcome = try station.run("sync", "--max-time", "300ms", "--json")
        #expect(outcome.code == 75, "\(outcome.words)")
        #expect(
            try outcome.decoded(SyncLine.self).compactMap(\.result)
                == ["skipped", "skipped", "skipped"]
        )
        #expect(try station.status().server.unreachable_since == nil)
        #expect(try station.run("sync", "--max-time", "1m").code == 0)
        #expect(try station.run("sync", "--max-time", "soon").code == 64)
    }

    @Test("--wait outlasts the sync that is running")
    func waiting() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        let first = try hangingSync(station, server, at: "read")
        #expect(try station.run("sync", "--wait", "200ms").code == 75)
        let second = try station.start("sync", "--wait", "1m")
        first.signal(SIGTERM)
        #expect(try first.wait().code == 143)
        let outcome = try second.wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try server.document() == #"{"a":1}"#)
    }
}
