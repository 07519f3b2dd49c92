import JSONDocument

/// A JSON Patch as lines a person reads: what goes, what comes, where.
struct PatchLines {
    let palette: Palette
    let width: Int
    /// Where in the document the patched value stands.
    var place = JSONPointer()

    /// A line or two for each operation; `before` is what the patch applies to.
    func lines(of patch: JSONPatch, from before: JSONValue?) -> [String] {
        var document = before ?? .object(JSONObject())
        return patch.operations.flatMap { operation in
            let lines = lines(of: operation, in: document)
            // A patch that was computed from `before` applies to it.
            document = (try? document.applying(JSONPatch([operation]))) ?? document
            return lines
        }
    }

    private func lines(of operation: JSONPatch.Operation, in document: JSONValue) -> [String] {
        switch operation {
        case .add(let path, let value):
            return [line("+", path, value, .added)]
        case .remove(let path):
            return [line("-", path, try? document.value(at: path), .removed)]
        case .replace(let path, let value):
            return [
                line("-", path, try? document.value(at: path), .removed),
                line("+", path, value, .added),
            ]
        case .move(let from, let path):
            return [palette.paint("> \(named(from)) moved to \(named(path))", .waiting)]
        case .copy(let from, let path):
            return [palette.paint("+ \(named(path)) copied from \(named(from))", .added)]
        case .test:
            return []
        }
    }

    private func line(
        _ mark: String,
        _ path: JSONPointer,
        _ value: JSONValue?,
        _ meaning: Palette.Meaning
    ) -> String {
        let start = "\(mark) \(named(path)): "
        let room = max(width - start.count, 20)
        return palette.paint(start + (value?.excerpt(room) ?? "?"), meaning)
    }

    private func named(_ path: JSONPointer) -> String {
        let path = JSONPointer(tokens: place.tokens + path.tokens)
        return path.tokens.isEmpty ? "the whole document" : path.text.printable
    }
}

extension JSONValue {
    /// The compact text, cut to so many characters.
    func excerpt(_ limit: Int) -> String {
        let text = text(.compact)
        return text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}
