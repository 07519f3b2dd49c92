import JSONDocument

/// Several versions of one value: side by side where the terminal is wide enough, else one under
/// the other.
struct ValueColumns {
    typealias Version = (title: String, value: JSONValue?, meaning: Palette.Meaning)

    /// From so many columns on they stand side by side.
    static let sideBySideWidth = 120
    /// Most lines of a value that are shown.
    static let lineLimit = 8

    let palette: Palette
    let width: Int

    func lines(_ versions: [Version]) -> [String] {
        width >= Self.sideBySideWidth ? sideBySide(versions) : stacked(versions)
    }

    private func stacked(_ versions: [Version]) -> [String] {
        let column = versions.map(\.title.count).max() ?? 0
        let margin = String(repeating: " ", count: column + 6)
        return versions.flatMap { title, value, meaning in
            let lines = text(of: value, width: width - margin.count)
            let start = "    " + title.padded(to: column + 2)
            return lines.enumerated().map { index, line in
                (index == 0 ? start : margin) + palette.paint(line, meaning)
            }
        }
    }

    private func sideBySide(_ versions: [Version]) -> [String] {
        let column = (width - 4) / versions.count - 2
        let columns = versions.map { text(of: $0.value, width: column) }
        let height = columns.map(\.count).max() ?? 0
        let titles = versions.map { $0.title.padded(to: column + 2) }.joined()
        let rows = (0..<height).map { row in
            zip(columns, versions).map { lines, version in
                let line = row < lines.count ? lines[row] : ""
                let rest = String(repeating: " ", count: column + 2 - line.count)
                return palette.paint(line, version.meaning) + rest
            }.joined()
        }
        return ([palette.paint(titles, .heading)] + rows).map { "    " + $0.trimmedAtEnd }
    }

    /// The value as lines of at most that width, the longest values cut.
    private func text(of value: JSONValue?, width: Int) -> [String] {
        guard let value else { return ["nothing"] }
        let compact = value.text(.compact).printable
        if compact.count <= width { return [compact] }
        let lines = value.text(.indented).split(separator: "\n")
        let cut = lines.prefix(Self.lineLimit).map { line in
            let line = String(line).printable
            return line.count <= width ? line : line.prefix(width - 1) + "…"
        }
        let more = lines.count - cut.count
        return more > 0 ? cut + ["… \(more.counted("more line"))"] : cut
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
