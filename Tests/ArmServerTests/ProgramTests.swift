import Foundation
import Testing

@testable import arm_server

@Suite("The program")
struct ProgramTests {
    @Test("It says where it listens, keeps its documents over a restart, and ends cleanly")
    func life() throws {
        let scratch = try ScratchFolder()
        let portFile = scratch.root.appendingPathComponent("port")
        let data = scratch.root.appendingPathComponent("data").path
        for round in 0..<2 {
            let server = try Program(["--data", data, "--port-file", portFile.path, "--quiet"])
            let line = try server.firstLine()
            let port = try #require(Int(line.split(separator: ":").last ?? ""))
            #expect(line == "listening on http://127.0.0.1:\(port)")
            let client = try RawClient(port: port)
            if round == 0 {
                try client.send(RawRequest.post(.save, Station.saveRequest("<kept/>")))
            } else {
                try client.send(RawRequest.post(.read, Station.readRequest()))
            }
            #expect(try client.receive(until: "</out>").contains(round == 0 ? "<ok/>" : "<kept/>"))
            #expect(try String(contentsOf: portFile, encoding: .utf8) == "\(port)\n")
            #expect(server.end(interrupting: round == 0) == 0)
            #expect(server.errors().isEmpty)
        }
    }

    @Test(
        "A wrong command line is 64 and names what is wrong",
        arguments: [
            (["--fault", "refuse", "--fault", "hnag*2"], "there is no kind 'hnag'"),
            (["--port", "70000"], "must be from 0 to 65535"),
            (["--absent-as", "nothing"], "absent-as"), (["--session-agent", ""], "is empty"),
            (["--session-domain", ""], "is empty"),
            (["--websocket-path", "/ws"], "names no <DOMAIN>"),
            (["--require", "Cookie"], "NAME: VALUE"),
        ]
    )
    func usage(_ arguments: [String], _ reason: String) throws {
        let program = try Program(arguments)
        #expect(program.end() == 64)
        #expect(program.errors().contains(reason))
    }

    @Test("A folder that cannot be used is 74, an address that cannot be had is 69")
    func unusable() throws {
        #expect(try Program(["--data", "/dev/null/x"]).end() == 74)
        #expect(try Program(["--port-file", "/dev/null/x"]).end() == 74)
        #expect(try Program(["--host", "192.0.2.1"]).end() == 69)
    }
}

/// The built program, beside the tests' own.
final class Program {
    private let process = Process()
    private let output = Pipe()
    private let errorOutput = Pipe()

    init(_ arguments: [String]) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
            .appendingPathComponent("arm-server")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errorOutput
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    func firstLine() throws -> String {
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8)
        {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Waits for its end and gives the exit code; with a signal if that is said.
    func end(interrupting: Bool? = nil) -> Int32 {
        if let interrupting {
            if interrupting { process.interrupt() } else { process.terminate() }
        }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }

    func errors() -> String {
        String(decoding: errorOutput.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
