import Foundation
import Glibc

/// A workstation under test: state, configuration and environment of its own, and nothing of
/// whoever runs the tests.
final class Station {
    static let domain = "biysk.local"

    /// A folder for everything that is the station's.
    let home: String
    private let transport: TransportUnderTest
    var environment: [String: String]

    /// - Parameters:
    ///   - server: its switch; none is configured without one.
    ///   - transport: how it speaks to it.
    ///   - settings: more members of the configuration file, as JSON: `"parallel": 2`.
    ///   - application, agent: nil configures none.
    init(
        _ server: SampleServer? = nil,
        over transport: TransportUnderTest = .current,
        application: String? = "hodor",
        agent: String? = "102",
        settings: String = ""
    ) throws {
        self.transport = transport
        home = Self.freshHome()
        try FileManager.default.createDirectory(
            atPath: home,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        environment = [
            "HOME": home, "USER": "operator", "PATH": "\(Products.directory):/usr/bin:/bin",
            "ARM_SYNC_CONFIG": "\(home)/config.json", "ARM_SYNC_STATE_DIR": "\(home)/state",
        ]
        try configure(server, application: application, agent: agent, settings: settings)
    }

    /// Another one with the same files, its state and configuration among them.
    ///
    /// - Parameter parent: where its home is made.
    init(copying station: Station, in parent: String? = nil) throws {
        transport = station.transport
        let home = Self.freshHome(in: parent)
        try FileManager.default.copyItem(atPath: station.home, toPath: home)
        self.home = home
        environment = station.environment.mapValues {
            $0.replacingOccurrences(of: station.home, with: home)
        }
    }

    /// Writes the configuration anew.
    ///
    /// - Parameter address: where the server is reached, if not at its own.
    func configure(
        _ server: SampleServer?,
        at address: String? = nil,
        application: String? = "hodor",
        agent: String? = "102",
        settings: String = ""
    ) throws {
        var members: [String] = []
        if let application { members.append(#""application": "\#(application)""#) }
        if let server {
            let url = transport.address(of: address ?? server.webURL)
            members += [#""server": "\#(url)""#, #""domain": "\#(Self.domain)""#]
        }
        if let agent { members.append(#""agent": "\#(agent)""#) }
        if !settings.isEmpty { members.append(settings) }
        try write("{\(members.joined(separator: ", "))}", to: "config.json")
    }

    private static func freshHome(in parent: String? = nil) -> String {
        (parent ?? FileManager.default.temporaryDirectory.path)
            + "/arm-sync-test-\(UUID().uuidString)"
    }

    deinit { try? FileManager.default.removeItem(atPath: home) }

    var state: String { "\(home)/state" }

    /// The folder of a document.
    func folder(_ application: String = "hodor", _ agent: String = "102") -> String {
        "\(state)/documents/\(application)/\(agent)"
    }

    /// Writes a file of the station's and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let path = "\(home)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// Writes a file that nobody else can read and returns its path.
    @discardableResult
    func writeSecret(_ text: String, to name: String) throws -> String {
        let path = try write(text, to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    func contents(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}

// MARK: - Running commands

extension Station {
    /// Runs `arm-sync` to its end.
    @discardableResult
    func run(_ arguments: String..., input: String? = nil) throws -> Outcome {
        try start(arguments, input: input).wait()
    }

    func run(_ arguments: [String]) throws -> Outcome { try start(arguments).wait() }

    /// Starts `arm-sync` and returns at once.
    func start(_ arguments: String...) throws -> ChildProcess { try start(arguments) }

    func start(_ arguments: [String], input: String? = nil) throws -> ChildProcess {
        let descriptor = try input.map { text in
            let path = try write(text, to: "input-\(UUID().uuidString)")
            return open(path, O_RDONLY | O_CLOEXEC)
        }
        defer { descriptor.map { _ = close($0) } }
        return try ChildProcess(
            Products.path(of: "arm-sync"),
            arguments,
            environment: environment,
            input: descriptor
        )
    }

    /// Runs a line of shell, where `arm-sync` is in the path.
    func shell(_ line: String) throws -> Outcome {
        try ChildProcess("/bin/sh", ["-c", line], environment: environment).wait()
    }
}
