import FoundationEssentials
import Glibc

/// The sample switch at a free port, ended with this object.
final class LocalServer {
    private let process: pid_t
    let url: String

    init(_ path: String) throws {
        let portFile = "/tmp/arm-sync-benchmark-\(getpid()).port"
        unlink(portFile)
        defer { unlink(portFile) }
        process = try Program(
            path: path,
            arguments: ["--port-file", portFile, "--quiet"]
        ).spawn()
        var port = ""
        while !port.hasSuffix("\n") && port.isEmpty {
            usleep(10_000)
            port = (try? String(contentsOfFile: portFile, encoding: .utf8)) ?? ""
        }
        url = "http://127.0.0.1:\(port.filter(\.isNumber))"
    }

    deinit {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
    }

    var environment: [String] { ["ARM_SYNC_SERVER=\(url)", "ARM_SYNC_DOMAIN=biysk.local"] }
}
