/// Colours by meaning; without colour the text itself has to say it all.
struct Palette: Sendable {
    /// What a piece of text means.
    enum Meaning: String, Sendable {
        case good = "32"
        case waiting = "33"
        case needsPerson = "1;31"
        case heading = "1"
        case faint = "2"
        case added = "0;32"
        case removed = "31"
    }

    let isColored: Bool

    func paint(_ text: String, _ meaning: Meaning) -> String {
        guard isColored else { return text }
        return "\u{1B}[\(meaning.rawValue)m\(text)\u{1B}[0m"
    }
}
