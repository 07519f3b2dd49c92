import ArmProtocol
import ArmSync
import JSONDocument

/// A conflict as a person reads it: what each side changed since both were the same.
struct ConflictScreen {
    let console: Console

    func lines(of conflict: OpenConflict, at pointer: JSONPointer) -> [String] {
        let palette = console.palette
        let advice = HeldAdvice(reason: conflict.reason, key: conflict.key)
        var lines = [
            "\(conflict.key.words.printable)  \(palette.paint(advice.title, .needsPerson))"
        ]
        lines += changes("Here", conflict.mine, since: conflict.base, at: pointer)
        if let foreign = conflict.foreign {
            let width = console.width - 4
            let reason = foreign.reason.printable
            lines += [palette.paint("  The server holds no JSON: \(reason)", .heading)]
            lines += ["    " + String(foreign.text.printable.prefix(width))]
        } else {
            lines += changes("The server", conflict.theirs, since: conflict.base, at: pointer)
        }
        let shown = "arm-sync conflicts show\(conflict.key.flags)"
        return lines + advice.lines(console.width, besides: shown)
    }

    private func changes(
        _ side: String,
        _ value: JSONValue?,
        since base: JSONValue?,
        at pointer: JSONPointer
    ) -> [String] {
        let title = console.palette.paint(
            "  \(side)\(base == nil ? "" : ", since the last common version"):",
            .heading
        )
        guard let value = value.flatMap({ try? $0.value(at: pointer) }) else {
            return [title, "    nothing"]
        }
        let before = base.flatMap { try? $0.value(at: pointer) }
        let patch = (before ?? .object(JSONObject())).difference(to: value)
        if patch.isEmpty { return [title, before == nil ? "    {}" : "    unchanged"] }
        let painter = PatchLines(
            palette: console.palette,
            width: console.width - 4,
            place: pointer
        )
        return [title] + painter.lines(of: patch, from: before).map { "    \($0)" }
    }
}
