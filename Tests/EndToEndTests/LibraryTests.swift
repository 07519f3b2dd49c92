import Foundation
import Testing

@Suite("libcurl and the program")
struct LibraryTests {
    @Test("is not linked in")
    func notLinked() throws {
        let outcome = try ChildProcess(
            "/usr/bin/env",
            ["ldd", Products.path(of: "arm-sync")],
            environment: ["PATH": "/usr/bin:/bin"]
        ).wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(outcome.output.contains("libc.so"))
        #expect(!outcome.output.contains("curl"), "\(outcome.output)")
    }

    @Test("is loaded by what asks the server, and by nothing else")
    func loading() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        // The dynamic linker tells of every library it opens.
        station.environment["LD_DEBUG"] = "files"
        for command in [
            ["get"], ["set", "/a", "2"], ["unset", "/a", "--allow-empty"], ["status"], ["diff"],
            ["outbox"], ["conflicts"], ["retry"], ["rebind"],
        ] {
            let outcome = try station.run(command)
            #expect(outcome.code == 0, "\(command)")
            #expect(outcome.errors.contains("libc.so"), "the linker tells nothing")
            #expect(!outcome.errors.contains("libcurl"), "\(command) loads libcurl")
        }
        for command in [["sync"], ["pull"]] {
            #expect(try station.run(command).errors.contains("libcurl"), "\(command)")
        }
    }

    @Test(
        "tries to connect once where nobody listens, however many documents wait",
        .enabled(if: Privilege.canTrace, "needs strace, to count connections")
    )
    func oneConnection() throws {
        let server = try SampleServer(isUp: false)
        let station = try Station(server, application: nil)
        for number in 1...5 {
            #expect(try station.run("set", "/a", "1", "-a", "\(number)").code == 0)
        }
        let trace = "\(station.home)/trace"
        let outcome = try station.shell("strace -f -o \(trace) -e trace=connect arm-sync sync")
        #expect(outcome.code == 75, "\(outcome.words)")
        let connections = try station.contents(trace).split(separator: "\n")
            .filter { $0.contains("AF_INET") }
        #expect(connections.count == 1, "\(connections)")
    }

    @Test("is told nothing by SSLKEYLOGFILE")
    func keyLog() throws {
        let server = try SampleServer()
        let station = try Station(server)
        station.environment["SSLKEYLOGFILE"] = "\(station.home)/secrets"
        #expect(try station.run("sync").code == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(station.home)/secrets"))
    }
}
