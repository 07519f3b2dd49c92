import Glibc

/// One trouble that a scene's command meets, and whether the station is the worse for it.
struct Trial {
    let stage: Stage
    let trouble: any Trouble

    private var scene: Scene { stage.scene }

    /// How the command ended.
    ///
    /// - Throws: what was promised and does not hold.
    func run() throws -> Outcome {
        let disk = try trouble.disk()
        let station = try stage.set(in: disk?.path)
        let outcome = try trouble.meet(scene.command, on: station, disk)
        do {
            try checkEnd(outcome)
            if trouble.isReadable { try checkLocal(station, after: outcome) }
            try trouble.end(on: station, disk)
            try checkLocal(station, after: outcome)
            try stage.server.clearFaults()
            try stage.server.write(scene.rival)
            try recover(station)
        } catch {
            throw Unexpected(description: "\(error)\nThe command had ended so: \(outcome.words)")
        }
        return outcome
    }

    private func require(_ holds: Bool, _ what: @autoclosure () -> String) throws {
        guard holds else { throw Unexpected(description: what()) }
    }

    // MARK: - Right after the trouble

    private func checkEnd(_ outcome: Outcome) throws {
        guard case .exited(let code) = outcome.end else {
            let isKilled = outcome.end == .killed(signal: SIGKILL)
            return try require(trouble.isKill && isKilled, "it crashed")
        }
        try require([0, 1, 74, 75].contains(code), "it ends with \(code)")
        guard code == 74, !trouble.isMute else { return }
        let words = outcome.output + outcome.errors
        let reason = /not.*stored|failed|cannot|could not be written|belongs/
        try require(words.contains(reason), "it does not say why")
        guard scene.subject == "set" else { return }
        let fate = /not stored|Nothing was stored|The edit is stored all the same/
        try require(words.contains(fate), "it does not say whether it was stored")
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
        // Only what it then says of it could not be written where it is there all the same. And where
        // the cutting back fails as well, it may be there although it was called not stored.
        let isDenied = outcome.code == 74 && !outcome.errors.contains("output could not be written")
        if isDenied, !trouble.isLasting {
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
