import Foundation
import Testing

@Suite("A local store that fails")
struct StoreFailureTests {
    @Test("a file in the state directory's place is 74, and stays")
    func fileInPlace() throws {
        let station = try Station()
        try station.write("mine", to: "state")
        for arguments in [["set", "/a", "1"], ["get"], ["status"], ["outbox"], ["conflicts"]] {
            let outcome = try station.run(arguments)
            #expect(outcome.code == 74, "\(arguments): \(outcome.words)")
            #expect(outcome.errors.contains(station.state), "\(outcome.errors)")
        }
        #expect(try station.contents(station.state) == "mine")
    }

    @Test("a symbolic link in its place is not followed")
    func link() throws {
        let station = try Station()
        try FileManager.default.createDirectory(
            atPath: "\(station.home)/elsewhere",
            withIntermediateDirectories: false
        )
        try FileManager.default.createSymbolicLink(
            atPath: station.state,
            withDestinationPath: "\(station.home)/elsewhere"
        )
        #expect(try station.run("set", "/a", "1").code == 74)
        #expect(try station.shell("ls -A \"$HOME/elsewhere\"").output == "")
    }

    @Test(
        "a directory we may not write to is 74, and says that the edit was not stored",
        .enabled(if: Privilege.canSwitchUser, "needs root and setpriv, to become another user")
    )
    func denied() throws {
        let station = try Station()
        #expect(
            try station.shell(
                "chmod 755 \"$HOME\" && mkdir -m 555 \"$HOME/closed\" && chown 65534 \"$HOME/closed\""
            ).code == 0
        )
        // The build may be where only root can go.
        #expect(
            try station.shell("cp \(Products.path(of: "arm-sync")) \"$HOME/arm-sync\"").code == 0
        )
        station.environment["ARM_SYNC_STATE_DIR"] = "\(station.home)/closed/state"
        let outcome = try station.shell(
            "setpriv --reuid 65534 --regid 65534 --clear-groups \"$HOME/arm-sync\" set /a 1"
        )
        #expect(outcome.code == 74, "\(outcome.words)")
        #expect(outcome.errors.contains("\(station.home)/closed"), "\(outcome.errors)")
    }

    @Test(
        "a full disk is 74: the edit is refused, the old ones are whole",
        .enabled(if: Privilege.canMount, "needs root and mount, for a small file system")
    )
    func fullDisk() throws {
        let server = try SampleServer()
        let station = try Station(server)
        let mount = try SmallFileSystem(at: station.home + "/small", size: "256k")
        station.environment["ARM_SYNC_STATE_DIR"] = mount.path + "/state"
        #expect(try station.run("set", "/a", "1").code == 0)
        let journal = "\(mount.path)/state/documents/hodor/102/journal.jsonl"
        _ = try station.shell("dd if=/dev/zero of=\(mount.path)/filler bs=1k 2>/dev/null")
        let before = try station.contents(journal)

        let text = String(repeating: "x", count: 10_000)
        let outcome = try station.run("set", "/b", "\"\(text)\"")
        #expect(outcome.code == 74, "\(outcome.words)")
        #expect(outcome.errors.contains("not stored"), "\(outcome.errors)")
        #expect(try station.contents(journal) == before)
        #expect(try station.local() == #"{"a":1}"#)
        #expect(try station.document().pending_edits == 1)
        #expect(try station.run("sync").code == 74)

        #expect(try station.shell("rm \(mount.path)/filler").code == 0)
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try station.sync().code == 0)
        #expect(try server.document() == #"{"a":1,"b":2}"#)
    }

    @Test(
        "what a failed sync of the disk leaves is not built upon: the next command leaves the file",
        .enabled(if: Privilege.canTrace, "needs strace, to make system calls fail")
    )
    func doubtful() throws {
        let station = try Station()
        let journal = "\(station.folder())/journal.jsonl"
        #expect(try station.run("set", "/a", "1").code == 0)
        let failed = try ChildProcess(
            "/usr/bin/strace",
            [
                "-f", "-o", "/dev/null", "-e", "inject=fdatasync:error=EIO:when=1",
                "-e", "inject=ftruncate:error=EIO", Products.path(of: "arm-sync"), "set", "/b", "2",
            ],
            environment: station.environment
        ).wait()
        #expect(failed.code == 74, "\(failed.words)")
        #expect(failed.errors.contains("the edit was not stored: Input/output error"))
        #expect(try station.shell("stat -c %a '\(journal)'").output == "400\n")
        #expect(try station.run("set", "/c", "3").code == 0)
        #expect(try station.shell("stat -c %a '\(journal)'").output == "600\n")
        let lines = try station.contents(journal).split(separator: "\n")
        #expect(lines.map { $0.contains(#""event":"compacted""#) } == [true, false])
        #expect(try station.local() == #"{"a":1,"b":2,"c":3}"#)
    }

    @Test("what is known of the server cannot be kept: the saves are told, the end is 74")
    func unwritableStanding() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.shell("mkdir \(station.state)/server.json").code == 0)
        #expect(try station.sync() == (74, "saved", 3))
        #expect(try station.document().state == "synced")
    }

    @Test("files are for their owner alone, the cache for reading alone")
    func modes() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.shell("umask 0; arm-sync set /a 1; arm-sync sync").code == 0)
        let listing = try station.shell("cd \"$HOME\" && find state -printf '%y %m %f\\n' | sort")
            .lines
        #expect(
            listing == [
                "d 700 102", "d 700 documents", "d 700 hodor", "d 700 state",
                "f 400 user_data.json", "f 600 journal.jsonl", "f 600 lock", "f 600 server.json",
                "f 600 sync.lock",
            ],
            "\(listing)"
        )
    }
}
