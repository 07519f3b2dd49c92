import Foundation

/// One connection to a scripted server behind TLS, which `openssl s_server` speaks for it.
///
/// It offers HTTP/2 first, as servers do: a WebSocket has to insist on HTTP/1.1.
final class TLSServer {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    private let listener: Int32
    private let port: UInt16
    private let folder: String
    private let process: pid_t

    var url: String { "wss://127.0.0.1:\(port)" }
    /// A certificate for 127.0.0.1 that nobody but itself has signed, good for a day.
    var certificate: String { "\(folder)/certificate.pem" }

    /// - Parameter options: more of `s_server`'s.
    init(for server: ScriptedServer, options: [String] = []) throws {
        // Bound and not listening, it keeps the port from everybody but `s_server`.
        listener = try Socket.bound(isShared: true)
        port = try Socket.port(of: listener)
        folder = FileManager.default.temporaryDirectory.path + "/arm-sync-tls-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: false
        )
        let certificate = "\(folder)/certificate.pem"
        let key = "\(folder)/key.pem"
        let issuing = try Self.openssl(
            [
                "req", "-x509", "-subj", "/CN=test", "-days", "1", "-nodes",
                "-addext", "subjectAltName=IP:127.0.0.1", "-newkey", "ec",
                "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", key, "-out", certificate,
            ]
        )
        waitpid(issuing, nil, 0)
        let (ours, theirs) = try Socket.pair()
        defer { Socket.end(theirs) }
        process = try Self.openssl(
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-quiet", "-alpn", "h2,http/1.1",
                "-cert", certificate, "-key", key,
            ] + options,
            streams: theirs
        )
        server.adopt(ours)
    }

    func stop() {
        // Not SIGTERM: it may have been started on a thread that blocks that.
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        Socket.end(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts it without words, its input and output being that stream or nothing.
    private static func openssl(_ arguments: [String], streams: Int32? = nil) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in Int32(0)...2 {
            if let streams, stream < 2 {
                posix_spawn_file_actions_adddup2(&actions, streams, stream)
            } else {
                posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
            }
        }
        var words: [UnsafeMutablePointer<CChar>?] =
            (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/usr/bin/openssl", &actions, nil, &words, environ)
        guard code == 0 else { throw Socket.Failure(call: "posix_spawn", code: code) }
        return process
    }
}
