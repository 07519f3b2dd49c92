import ArgumentParser
import Foundation

/// `arm-server`: the stand-in for the switch.
@main
struct ArmServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arm-server",
        abstract: "A stand-in for the switch: save_user_data and read_user_data, faults on demand.",
        discussion: """
            HTTP and WebSockets share a port. A fault is KIND[:PARAM,…][@COMMAND][*COUNT]: 'refuse*3', \
            'status:503,retry-after=7@save', 'close-after@save', 'hang*forever', '401@handshake'. They \
            strike in the order given. What each means is in the README beside this program's sources.

            Kinds: \(FaultParser.kinds.joined(separator: ", ")).
            """
    )

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 0

    @Option(help: "Write the port to this file once listening.")
    var portFile: String?

    @Option(help: "Folder that keeps the documents; in memory without it.")
    var data: String?

    @Option(help: "Path in front of the domain.")
    var pathPrefix = ""

    @Option(
        help: """
            Path of WebSockets, <DOMAIN> in it standing for the domain; unless given, \
            /<DOMAIN>/service/cc/arm behind the path prefix.
            """
    )
    var websocketPath: String?

    @Option(help: "Domain of WebSockets whose path names none.")
    var sessionDomain: String?

    @Option(help: "Agent of saves without agent_id.")
    var sessionAgent = "102"

    @Option(
        help: "A header field to answer 401 without, 'NAME: VALUE'; may be repeated.",
        transform: { text throws(ValidationError) in
            guard let field = RequiredField(text) else {
                throw ValidationError("it must be 'NAME: VALUE'")
            }
            return field
        }
    )
    var require: [RequiredField] = []

    @Option(help: "What a read of a never-saved document says.")
    var absentAs = AbsentForm.empty

    @Option(help: "How the error element is written.")
    var errorAs = ErrorForm.attribute

    @Option(help: "A fault to start with; may be repeated.", transform: FaultParser.fault(from:))
    var fault: [Fault] = []

    @Flag(help: "No line per request on standard error.")
    var quiet = false

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("--port must be from 0 to 65535, not \(port)")
        }
        guard !sessionAgent.isEmpty else { throw ValidationError("--session-agent is empty") }
        guard sessionDomain != "" else { throw ValidationError("--session-domain is empty") }
        if let websocketPath, webSocketPath == nil {
            throw ValidationError(
                "--websocket-path \(websocketPath) names no <DOMAIN>: give a --session-domain too"
            )
        }
    }

    func run() throws {
        // Blocked before any thread starts, so that every thread inherits it and only the wait
        // below ever sees them.
        let stopSignals = StopSignals()
        let server = try start()
        if let portFile {
            do {
                try Data("\(server.port)\n".utf8).write(
                    to: URL(fileURLWithPath: portFile),
                    options: .atomic
                )
            } catch {
                throw Failure.inputOutput("\(portFile) cannot be written: \(error)")
            }
        }
        let shownHost = host.contains(":") ? "[\(host)]" : host
        FileHandle.standardOutput.write(
            Data("listening on http://\(shownHost):\(server.port)\n".utf8)
        )
        stopSignals.wait()
        try server.stop()
    }

    @Sendable private static func log(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private var webSocketPath: WebSocketPath? {
        websocketPath.flatMap { WebSocketPath($0, fixedDomain: sessionDomain) }
    }

    private func start() throws -> HTTPServer {
        let store: Store
        do {
            store = try Store(
                folder: data.map {
                    DocumentFolder(root: URL(fileURLWithPath: $0, isDirectory: true))
                }
            )
        } catch {
            throw Failure.inputOutput(error.message)
        }
        let options = Switchboard.Options(
            sessionAgent: sessionAgent,
            absentForm: absentAs,
            errorForm: errorAs
        )
        let switchboard = Switchboard(
            store: store,
            options: options,
            faults: fault,
            log: quiet ? nil : Self.log
        )
        do {
            return try HTTPServer(
                router: Router(
                    switchboard: switchboard,
                    pathPrefix: pathPrefix,
                    webSocketPath: webSocketPath,
                    requiredFields: require
                ),
                host: host,
                port: port
            )
        } catch {
            throw Failure.unavailable("cannot listen on \(host):\(port): \(error)")
        }
    }
}

/// Ends the program with a message and a code of `sysexits.h`.
enum Failure {
    static func inputOutput(_ message: String) -> ExitCode { exit(message, 74) }
    static func unavailable(_ message: String) -> ExitCode { exit(message, 69) }

    private static func exit(_ message: String, _ code: Int32) -> ExitCode {
        FileHandle.standardError.write(Data("arm-server: \(message)\n".utf8))
        return ExitCode(code)
    }
}
