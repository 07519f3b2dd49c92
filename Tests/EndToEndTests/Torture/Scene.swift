/// A flat document of numbers: enough to tell whose write is where.
typealias Places = [String: Int]

/// A command to be struck at its system calls, what it finds, and how things may end.
struct Scene: Sendable {
    /// What happens before, in order, on a station and a server that both hold `{"base": 1}`.
    enum Step: Sendable {
        case run([String], code: Int32)
        /// Somebody else writes these into the server's document.
        case rival(Places)
        case faults([String])
        case noFaults
        case shell(String)
        /// The station has never run anything.
        case forget
    }

    /// How a station stands after it has recovered and synced.
    enum End: Equatable, Sendable {
        /// Station and server hold this, and nothing waits.
        case agreement(Places)
        /// Somebody has to decide; both sides are whole.
        case conflict(local: Places, server: Places)
    }

    /// The command's name, a slash, and what is special.
    let name: String
    let command: [String]
    var steps: [Step] = []
    /// What the server does to the command's requests.
    var faults: [String] = []
    /// What the station holds where the command did nothing, and where it did all it does.
    let undone: Places
    let done: Places
    /// What a rival writes after the blow, before the station recovers.
    var rival: Places = [:]
    let ends: [End]

    var subject: Substring { name.prefix { $0 != "/" } }

    /// Whether it is the first one of its command.
    var isPlain: Bool { ["set/append", "sync/saved", "resolve/mine"].contains(name) }

    /// Whether the command accepts something, so that its exit code tells whether it is there.
    var isEdit: Bool { subject != "sync" }

    static let all = edits + syncs + resolutions

    /// A document with these and a text that fills several pages.
    private static func large(_ places: Places) -> String {
        let members = places.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)," }
        return "{\(members.joined())\"filler\":\"\(String(repeating: "x", count: 20_000))\"}"
    }

    /// Every end holds this: it is set by the first command after the blow.
    fileprivate static let later: Places = ["later": 3]
}

// MARK: - set

extension Scene {
    private static let edits = [
        edit("set/append"),
        edit("set/first", steps: [.forget], undone: [:], done: ["mine": 2]),
        Scene(
            name: "set/whole",
            command: ["set", "", #"{"mine":2,"own":4}"#],
            undone: ["base": 1],
            done: ["mine": 2, "own": 4],
            ends: [
                .agreement(["base": 1, "later": 3]),
                .agreement(["mine": 2, "own": 4, "later": 3]),
            ]
        ),
        // Takes several pages of a disk.
        edit("set/large", command: ["set", "", large(["base": 1, "mine": 2])]),
        // Over the size at which a journal is written anew before the next edit.
        edit(
            "set/anew",
            steps: (1...4).map { number in
                let text = String(repeating: "\(number)", count: 20_000)
                return .run(["set", "/filler", "\"\(text)\""], code: 0)
            }
        ),
        edit(
            "set/torn",
            steps: [
                .shell(
                    #"printf '{"crc":"0' | tee -a "$ARM_SYNC_STATE_DIR"/documents/*/*/journal.jsonl"#
                )
            ]
        ),
    ]

    private static func edit(
        _ name: String,
        command: [String] = ["set", "/mine", "2"],
        steps: [Step] = [],
        undone: Places = ["base": 1],
        done: Places = ["base": 1, "mine": 2]
    ) -> Self {
        Scene(
            name: name,
            command: command,
            steps: steps,
            undone: undone,
            done: done,
            ends: [
                .agreement(["base": 1, "later": 3]),
                .agreement(["base": 1, "mine": 2, "later": 3]),
            ]
        )
    }
}

// MARK: - sync

extension Scene {
    private static let syncs = [
        sync("saved"),
        sync("large", edits: [.run(["set", "", large(["base": 1, "mine": 2])], code: 0)]),
        sync("merged", steps: [.rival(["theirs": 5])], gains: ["theirs": 5]),
        sync("unchanged", edits: []),
        sync("lost answer", faults: ["close-after@save"]),
        sync("lost before", faults: ["close-before@save"]),
        sync("refused", faults: ["refuse@save*forever"]),
        sync("unreadable", faults: ["status:503@read*forever"]),
        // The save before it had arrived, and nobody knows.
        sync(
            "settled",
            steps: [
                .faults(["close-after@save"]), .run(["sync"], code: 75), .noFaults,
                .run(["set", "/more", "6"], code: 0),
            ],
            gains: ["more": 6]
        ),
        sync("overtaken", rival: ["theirs": 5]),
        Scene(
            name: "sync/conflict",
            command: ["sync"],
            steps: [.run(["set", "/base", "2"], code: 0), .rival(["base": 9])],
            undone: ["base": 2],
            done: ["base": 2],
            ends: [.conflict(local: ["base": 2, "later": 3], server: ["base": 9])]
        ),
        Scene(
            name: "sync/contested",
            command: ["sync"],
            steps: [.run(["set", "/mine", "2"], code: 0)],
            undone: ["base": 1, "mine": 2],
            done: ["base": 1, "mine": 2],
            rival: ["mine": 9],
            ends: [
                .agreement(["base": 1, "mine": 9, "later": 3]),
                .conflict(
                    local: ["base": 1, "mine": 2, "later": 3],
                    server: ["base": 1, "mine": 9]
                ),
            ]
        ),
    ]

    private static func sync(
        _ name: String,
        edits: [Step] = [.run(["set", "/mine", "2"], code: 0)],
        steps: [Step] = [],
        faults: [String] = [],
        gains: Places = [:],
        rival: Places = [:]
    ) -> Self {
        var undone: Places = edits.isEmpty ? ["base": 1] : ["base": 1, "mine": 2]
        if let more = gains["more"] { undone["more"] = more }
        let done = undone.merging(gains) { $1 }
        return Scene(
            name: "sync/\(name)",
            command: ["sync"],
            steps: edits + steps,
            faults: faults,
            undone: undone,
            done: done,
            rival: rival,
            ends: [.agreement(done.merging(later) { $1 }.merging(rival) { $1 })]
        )
    }
}

// MARK: - resolve

extension Scene {
    private static let resolutions = [
        resolution("mine", ["/base", "--mine"], base: 2),
        resolution("theirs", ["/base", "--theirs"], base: 9),
        resolution("value", ["/base", "--value", "4"], base: 4),
        resolution("all", ["--all", "--theirs"], base: 9),
        resolution("large", ["/base", "--mine"], base: 2, edit: ["set", "", large(["base": 2])]),
    ]

    private static func resolution(
        _ name: String,
        _ decision: [String],
        base: Int,
        edit: [String] = ["set", "/base", "2"]
    ) -> Self {
        Scene(
            name: "resolve/\(name)",
            command: ["resolve"] + decision,
            steps: [
                .run(edit, code: 0), .rival(["base": 9]), .run(["sync"], code: 1),
            ],
            undone: ["base": 2],
            done: ["base": base],
            ends: [
                .conflict(local: ["base": 2, "later": 3], server: ["base": 9]),
                .agreement(["base": base, "later": 3]),
            ]
        )
    }
}
