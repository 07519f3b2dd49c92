import JSONDocument

/// What somebody may have meant who gave a value that is not JSON.
enum LikelyValue {
    /// Most bytes of a value that are worth repeating.
    static let repeatLimit = 200

    /// The value as JSON; nil where the text was meant as JSON already and is broken.
    static func likely(for text: String) -> JSONValue? {
        switch text.lowercased() {
        case "true", "yes": return true
        case "false", "no": return false
        case "null", "none", "nil": return .null
        default: break
        }
        if let first = text.first, "{[\"".contains(first) { return nil }
        if text.hasPrefix("'") && text.hasSuffix("'") && text.count > 1 {
            return .string(JSONString(String(text.dropFirst().dropLast())))
        }
        return .string(JSONString(text))
    }

    /// What to type instead, ready for a shell.
    static func advice(for text: String, at pointer: String, flags: String) -> String {
        guard let value = likely(for: text) else {
            return "The shell takes away quotes that stand bare: put all of the JSON between "
                + "single quotes, or in a file, with - for the value and < FILE behind it."
        }
        guard text.utf8.count <= repeatLimit else {
            return "A string needs quotes of its own ('\"text\"'), or --string."
        }
        return "Did you mean: arm-sync set \(pointer.shellWord) "
            + "\(value.text(.compact).shellWord)\(flags)"
    }
}
