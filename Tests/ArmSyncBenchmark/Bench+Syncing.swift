import ArmProtocol
import ArmSync
import JSONDocument

extension Bench {
    /// Many changed documents in one run, against the same requests and syncs with nothing between.
    func syncing() throws -> [Row] {
        let count = isQuick ? 50 : 200
        let server = try LocalServer(armServer)
        let edits = EditStore("\(directory)/syncing")
        let keys = (0..<count).map {
            DocumentKey(application: "reports", agent: String(1000 + $0))
        }
        for key in keys { try edits.replace(key, by: SampleDocument.bytes(about: 1600)) }
        var state = armSync("syncing")
        state.environment += server.environment
        state.environment.removeAll {
            $0.hasPrefix("ARM_SYNC_APPLICATION") || $0.hasPrefix("ARM_SYNC_AGENT")
        }
        try state.with("sync").run()
        var framed = state
        framed.environment.append("ARM_SYNC_TRANSPORT=websocket")
        let floor = try FloorOfSync(keys, server, directory)
        var round = 0
        func sync(_ program: Program) throws -> Duration {
            round += 1
            for key in keys { try edits.count(key, to: round) }
            return try program.with("sync").run().duration
        }
        let times = try medians(
            rounds: rounds(30),
            [
                { try sync(state) },
                { try floor.curl.run().duration },
                { try .measured { try floor.sync() } },
                { try sync(framed) },
            ]
        )
        // Read now, so that nothing is due for as long as this takes.
        try state.with("pull").run()
        var single = armSync("single")
        single.environment += server.environment
        try single.with("set", "/counter", "1").run()
        try single.with("sync").run()
        let idle = try medians(
            rounds: rounds(100),
            [
                { try state.with("sync", "--cron").run().duration },
                { try state.with("status").run().duration },
                { try single.with("sync", "--cron").run().duration },
                { try single.with("status").run().duration },
            ]
        )
        return [
            .ratio(
                "sync of \(count) changed documents",
                times[0],
                "sync",
                against: times[1] + times[2],
                "curl \(times[1].words) and fdatasync, together",
                atMost: 1.5
            ),
            .ratio(
                "… over a WebSocket",
                times[3],
                "WebSocket",
                against: times[0],
                "HTTP",
                atMost: 1
            ),
            .ratio(
                "sync --cron, nothing due",
                idle[2],
                "sync",
                against: idle[3],
                "status",
                atMost: 1.3
            ),
            .ratio(
                "… of \(count) documents",
                idle[0],
                "sync",
                against: idle[1],
                "status",
                atMost: 1.3
            ),
        ]
    }
}

/// What a sync of many documents cannot do without.
private struct FloorOfSync {
    /// A read, a save and a read back of each document, one connection for all.
    let curl: Program
    private let files: [BareFile]

    init(_ keys: [DocumentKey], _ server: LocalServer, _ directory: String) throws {
        let form = XMLForm()
        let value = try JSONValue(parsing: SampleDocument.bytes(about: 1600))
        let base = "\(server.url)/biysk.local/service/cc/arm"
        var parts: [String] = []
        for key in keys {
            let scratch = DocumentKey(application: "floor", agent: key.agent)
            let requests: [(String, ArmRequest)] = [
                ("read_user_data", .read(scratch)),
                ("save_user_data", .save(scratch, .document(value, .json))),
                ("read_user_data", .read(scratch)),
            ]
            for (number, (command, request)) in requests.enumerated() {
                let path = "\(directory)/request-\(number)-\(key.agent ?? "")"
                try BareFile(path).append(form.encode(request))
                parts.append(
                    """
                    url = "\(base)/\(command)"
                    header = "Content-Type: text/xml; charset=utf-8"
                    data-binary = "@\(path)"
                    output = "/dev/null"
                    silent
                    """
                )
            }
        }
        let configuration = "\(directory)/curl.config"
        try BareFile(configuration).append(Array(parts.joined(separator: "\nnext\n").utf8))
        curl = Program(path: "/usr/bin/curl", arguments: ["--disable", "--config", configuration])
        files = try keys.map { try BareFile("\(directory)/floor-\($0.agent ?? "")") }
    }

    /// Twice a sync for each document, each in a file of its own.
    func sync() throws {
        let line = [UInt8](repeating: 0x20, count: 300)
        for file in files {
            try file.append(line)
            try file.append(line)
        }
    }
}
