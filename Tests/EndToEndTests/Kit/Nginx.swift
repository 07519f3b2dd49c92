import Foundation
import Glibc

/// nginx in front of the sample server, at a port of its own, with everything it writes in the
/// station's folder.
final class Nginx {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/sbin/nginx")

    private let port: ReservedPort
    private let folder: String
    private var process: ChildProcess?

    /// As a station is configured: in the scheme of the transport under test.
    var url: String { TransportUnderTest.current.address(of: "https://127.0.0.1:\(port.number)") }
    /// The protocol of each request that was answered, a line each.
    var protocols: [String] {
        get throws {
            let log = URL(filePath: "\(folder)/access.log")
            return String(decoding: try Data(contentsOf: log), as: UTF8.self)
                .split(separator: "\n").map(String.init)
        }
    }

    /// - Parameters:
    ///   - certificate: the name of the one it shows.
    ///   - options: more directives of its `server` block.
    ///   - location: those of its one `location`, after the one that passes requests on.
    init(
        to server: SampleServer,
        _ certificates: Certificates,
        certificate: String = "server",
        http2: Bool = false,
        options: String = "",
        location: String = ""
    ) throws {
        port = try ReservedPort()
        folder = certificates.folder + "/nginx-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: false,
            // Its workers are another user where it is started by root.
            attributes: [.posixPermissions: 0o755]
        )
        let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
        let configuration = """
            daemon off; worker_processes 1; pid \(folder)/pid; error_log /dev/stdout notice;
            \(geteuid() == 0 ? "user root;" : "")
            events { worker_connections 64; }
            http {
              \(places)
              log_format protocols '$server_protocol';
              access_log \(folder)/access.log protocols;
              client_max_body_size 32m;
              map $http_upgrade $upgrade_or_none { default upgrade; '' ''; }
              server {
                listen 127.0.0.1:\(port.number) ssl\(http2 ? " http2" : "");
                ssl_certificate \(certificates.certificate(certificate));
                ssl_certificate_key \(certificates.key(certificate));
                \(options)
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $upgrade_or_none;
                location / { \(location) proxy_pass \(server.webURL); }
              }
            }
            """
        let path = "\(folder)/nginx.conf"
        try Data(configuration.utf8).write(to: URL(filePath: path))
        let process = try ChildProcess(
            "/usr/sbin/nginx",
            ["-p", folder, "-e", "/dev/stdout", "-c", path],
            environment: ["PATH": "/usr/bin:/bin"],
            leadsGroup: true
        )
        try process.output(containing: "start worker process")
        self.process = process
    }

    deinit {
        process?.signalGroup(SIGKILL)
    }
}
