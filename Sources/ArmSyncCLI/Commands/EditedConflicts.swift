import JSONDocument

/// Conflicts as a text for an editor, and what somebody made of it.
struct EditedConflicts {
    private static let explanation: JSONValue = """
        Make each "value" what shall stand there; without one, nothing shall. Take an entry out to \
        leave its conflict open.
        """

    let places: [ConflictPlace]

    init(_ places: [ConflictPlace]) { self.places = places }

    /// An object of the places, each with all sides and the value that stands there now.
    var text: JSONValue {
        var object = JSONObject()
        object["//"] = Self.explanation
        for place in places {
            var entry = JSONObject()
            entry["before"] = place.base
            entry["here"] = place.mine
            entry["server"] = place.theirs
            entry["value"] = place.mine
            object[place.name.string] = .object(entry)
        }
        return .object(object)
    }

    /// Lets somebody decide in the editor. Nothing is locked meanwhile.
    func decisions(
        in workspace: Workspace,
        keepsOutput: Bool
    ) throws(CommandError) -> [ConflictDigest: MergeDecision] {
        let environment = workspace.surroundings.environment
        let editor = try Editor.chosen(in: environment)
        let bytes = text.serialized(.indented) + [UInt8(ascii: "\n")]
        let file = try EditingFile(bytes, environment: environment)
        defer { file.remove() }
        let edited = try editor.value(of: file, keepsOutput: keepsOutput, orElse: nil)
        // Whoever leaves an editor without saving has decided nothing.
        if edited.isIdentical(to: text) {
            throw CommandError(
                .needsPerson,
                "nothing was changed in the editor, so nothing was settled",
                advice: "To keep what is here: the same command with --mine instead of --edit."
            )
        }
        return try decisions(from: edited)
    }

    /// What was decided, by what was shown.
    func decisions(
        from edited: JSONValue
    ) throws(CommandError) -> [ConflictDigest: MergeDecision] {
        var decisions: [ConflictDigest: MergeDecision] = [:]
        for place in places {
            guard let entry = edited.object?[place.name.string] else { continue }
            decisions[place.digest] = try decision(about: place, entry["value"])
        }
        guard !decisions.isEmpty else {
            throw CommandError(.badInput, "no place is left to settle; nothing was settled")
        }
        return decisions
    }

    private func decision(
        about place: ConflictPlace,
        _ value: JSONValue?
    ) throws(CommandError) -> MergeDecision {
        if value == place.mine { return .mine }
        if value == place.theirs { return .theirs }
        guard let value else {
            throw CommandError(
                .badInput,
                "\(place.name.text.printable) stands on both sides: to remove it, settle it with "
                    + "--mine and then arm-sync unset it; nothing was settled"
            )
        }
        return .value(value)
    }
}
