/// Running text broken to the terminal's width.
enum Paragraph {
    /// Lines of at most `width` characters, each after so many spaces.
    static func indented(_ text: String, width: Int, by indent: Int = 4) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return wrapped(text, width: width - indent).map { margin + $0 }
    }

    /// Lines of at most `width` characters, where no single word is longer.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty && line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
