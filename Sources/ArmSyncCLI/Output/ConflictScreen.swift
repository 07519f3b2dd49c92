import ArmProtocol
import ArmSync
import JSONDocument

/// A conflict as a person reads it: each place with what stood there, what stands here and what the
/// server holds, and what to type.
struct ConflictScreen {
    /// Most places that are shown; `--json` has them all.
    static let placeLimit = 20

    let console: Console
    var naming = CommandNaming()

    func lines(of conflict: OpenConflict, at pointer: JSONPointer) -> [String] {
        var advice = HeldAdvice(reason: conflict.reason, key: conflict.key, naming: naming)
        let flags = naming.flagsAmongAll(for: conflict.key)
        let title = console.palette.paint(advice.title, .needsPerson)
        var lines = ["\(conflict.key.words.printable)  \(title)"]
        let places = conflict.places(at: pointer)
        for place in places.prefix(Self.placeLimit) {
            lines += self.lines(of: place, in: conflict)
        }
        if conflict.reason.isSettledByPlace, places.contains(where: { !$0.name.tokens.isEmpty }) {
            lines += Paragraph.indented(
                "--theirs takes the server's, --value JSON or --edit puts something else.",
                width: console.width
            )
        }
        // Who decides about everything has to have seen everything.
        let isAll = places.map(\.name) == conflict.places.map(\.name)
        if isAll && places.count <= Self.placeLimit {
            advice.seen = ConflictDigest(of: places)
        }
        if places.count > Self.placeLimit {
            let more = (places.count - Self.placeLimit).counted("more place")
            lines.append("  \(more): arm-sync conflicts --json\(flags)")
        }
        if places.isEmpty { lines.append("  Nothing at \(pointer.text.printable) is in conflict.") }
        let shown = "arm-sync conflicts show\(flags)"
        return lines + advice.lines(console.width, besides: shown)
    }

    private func lines(of place: ConflictPlace, in conflict: OpenConflict) -> [String] {
        guard conflict.reason.isSettledByPlace, !place.name.tokens.isEmpty else {
            return wholeLines(of: place, in: conflict)
        }
        let name = console.palette.paint("  \(place.name.text.printable)", .heading)
        let settle = LongCommand.lines(
            "arm-sync resolve \(place.name.text.printable.shellWord)",
            "--mine --seen \(place.digest.text)\(naming.flags(for: conflict.key))",
            width: console.width
        )
        let undone =
            conflict.reason == .serverAltersData
            ? "    saved, and not kept so by the server"
            : "    brought back once already, and undone again by another station"
        return [name]
            + (place.base == place.theirs ? [undone] : [])
            + ValueColumns(palette: console.palette, width: console.width).lines([
                ("before", place.base, .faint),
                ("here", place.mine, .added),
                ("server", place.theirs, .waiting),
            ])
            + settle
    }

    /// What each side changed in the whole document since both were the same.
    private func wholeLines(of place: ConflictPlace, in conflict: OpenConflict) -> [String] {
        let lines = changes("Here", place.mine, since: place.base, at: place.name)
        guard let foreign = conflict.foreign else {
            return lines + changes("The server", place.theirs, since: place.base, at: place.name)
        }
        let reason = foreign.reason.printable
        return lines + [
            console.palette.paint("  The server holds no JSON: \(reason)", .heading),
            "    " + String(foreign.text.printable.prefix(console.width - 4)),
        ]
    }

    private func changes(
        _ side: String,
        _ value: JSONValue?,
        since before: JSONValue?,
        at place: JSONPointer
    ) -> [String] {
        let title = console.palette.paint(
            "  \(side)\(before == nil ? "" : ", since the last common version"):",
            .heading
        )
        guard let value else { return [title, "    nothing"] }
        let patch = (before ?? .object(JSONObject())).difference(to: value)
        if patch.isEmpty { return [title, before == nil ? "    {}" : "    unchanged"] }
        let painter = PatchLines(
            palette: console.palette,
            width: console.width - 4,
            place: place
        )
        return [title] + painter.lines(of: patch, from: before).map { "    \($0)" }
    }
}
