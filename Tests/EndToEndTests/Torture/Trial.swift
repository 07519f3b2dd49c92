/// One blow at one system call of a scene's command, and whether the station is the worse for it.
struct Trial {
    let stage: Stage
    let call: SystemCall
    let blow: Blow

    private var scene: Scene { stage.scene }

    /// How the command ended.
    ///
    /// - Throws: what was promised and does not hold.
    @discardableResult
    func run() throws -> Outcome {
        let station = try stage.set()
        let outcome = try station.run(scene.command, strikingAt: call, with: blow)
        try checkEnd(outcome)
        try checkLocal(station, after: outcome)
        try stage.server.clearFaults()
        try stage.server.write(scene.rival)
        let words = "\nthe command struck had said: \(outcome.words)"
        do { try recover(station) } catch {
            throw Unexpected(description: "\(error)\(words)")
        }
        return outcome
    }

    private func require(_ holds: Bool, _ what: @autoclosure () -> String) throws {
        guard holds else { throw Unexpected(description: what()) }
    }

    // MARK: - Right after the blow

    private func checkEnd(_ outcome: Outcome) throws {
        switch (blow, outcome.end) {
        case (.kill, .killed(signal: 9)): return
        case (.kill, .exited(let code)), (.error, .exited(let code)):
            // Without a blow that is felt, a command ends as ever: 65 and 78 it never does.
            try require([0, 1, 74, 75].contains(code), "it ended like this: \(outcome.words)")
        case (_, .killed): throw Unexpected(description: "it crashed: \(outcome.words)")
        }
        guard case .error(_, let isLasting) = blow, outcome.code == 74 else { return }
        // Where nothing can be written any more, nothing can be said, either.
        let isMute = isLasting && call.name == "write" && call.file == nil
        let words = outcome.output + outcome.errors
        try require(isMute || words.contains(/not.*stored|failed|cannot/), "it says: \(words)")
    }

    private func checkLocal(_ station: Station, after outcome: Outcome) throws {
        let status = try station.status()
        for document in status.documents {
            try require(document.state != "unreadable", "the document is unreadable")
        }
        let local = try station.places()
        let wholes = [scene.undone, scene.done]
        try require(wholes.contains(local), "local is \(local): neither wholly done nor undone")
        guard scene.isEdit, scene.undone != scene.done else { return }
        let claims = outcome.code == 0 || outcome.output.contains("Stored")
        if claims {
            try require(local == scene.done, "it claims to have stored, but local is \(local)")
        }
        // Where every later call fails as well, the cutting back may fail, too.
        if case .error(_, isLasting: false) = blow, outcome.errors.contains("ot stored") {
            try require(local == scene.undone, "it denies to have stored, but local is \(local)")
        }
    }

    // MARK: - By ordinary commands

    private func recover(_ station: Station) throws {
        let edit = try station.run("set", "/later", "3")
        try require(edit.code == 0, "the next edit: \(edit.words)")
        let sync = try station.run("sync")
        let (local, server) = (try station.places(), try stage.server.places())
        let end: Scene.End =
            switch sync.code {
            case 0 where local == server: .agreement(local)
            case 1: .conflict(local: local, server: server)
            default:
                throw Unexpected(
                    description: "the next sync: \(sync.words)\nlocal \(local), server \(server)"
                )
            }
        try require(scene.ends.contains(end), "it ends in \(end)\n\(sync.words)")
        if case .conflict = end {
            let decided = try station.run("resolve", "--all", "--theirs")
            try require(decided.code == 0, "deciding: \(decided.words)")
            let after = try station.run("sync")
            try require(after.code == 0, "the sync after deciding: \(after.words)")
        }
        try checkPeace(station)
    }

    /// Both sides hold the same, nothing waits, and every save had been preceded by a read.
    private func checkPeace(_ station: Station) throws {
        let (local, server) = (try station.places(), try stage.server.places())
        try require(local == server, "local is \(local), but the server holds \(server)")
        try require(try station.publishedPlaces() == local, "user_data.json is not \(local)")
        let document = try station.document()
        try require(document.state == "synced", "the document is \(document)")
        var previous: String? = ""
        for request in try stage.server.requests() {
            try require(!request.isSave || previous == "read", "a save over what was not read")
            previous = request.command
        }
        let again = try station.sync()
        try require(again == (0, "unchanged", 1), "one more sync: \(again)")
    }
}
