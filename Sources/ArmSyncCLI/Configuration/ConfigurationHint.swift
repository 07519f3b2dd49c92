import ArmSync
import JSONDocument

/// What was probably meant where the configuration cannot be used as it is.
///
/// No hint repeats a value: it may be a secret.
enum ConfigurationHint {
    /// What a person who wrote an unknown key probably meant.
    static func key(_ key: String) -> String? {
        guard let meant = nearest(to: key)?.key else { return nil }
        let (parent, name) = split(meant)
        guard !parent.isEmpty, split(key).parent != parent else {
            let outside = split(key).parent
            return "Did you mean \"\(meant)\""
                + (parent.isEmpty && !outside.isEmpty ? " outside of \"\(outside)\"?" : "?")
        }
        return "Did you mean \"\(meant)\", which is written {\"\(parent)\": {\"\(name)\": …}}?"
    }

    /// What a person who set an unknown variable probably meant.
    static func variable(_ name: String) -> String? {
        guard let meant = nearest(to: name) else {
            let isNear = Slips.areFew(between: name, and: configVariable)
            return isNear ? "Did you mean \(configVariable)?" : nil
        }
        if let variable = meant.environment { return "Did you mean \(variable)?" }
        return "\"\(meant.key)\" has no variable of its own; set it in a configuration file."
    }

    /// What to do to a value that is not what its setting expects.
    static func value(_ value: JSONValue, of setting: Setting) -> String? {
        func isTaken(_ text: String) -> Bool { setting.isTaken(.string(JSONString(text))) }
        switch value {
        case .null:
            return "To leave it unset, take it out or begin its name with //."
        case .string(let string):
            let text = string.text
            if (try? JSONValue(parsing: Array(text.utf8))).map(setting.isTaken) ?? false {
                return "Write it without quotes."
            }
            if isTaken(text.lowercased()) {
                return "Write it in small letters."
            }
            if isTaken(text.trimmed) {
                return "Write it without the spaces around it."
            }
            let isCount = text.allSatisfy(\.isNumber) && isTaken(text + "s")
            return isCount ? unitMissing : setting.complaint(text)?.sentence
        case .number(let number):
            if isTaken(number.literal) { return "Write it in quotes." }
            let isDuration = isTaken(number.literal + "s")
            return isDuration ? "Write it in quotes. \(unitMissing)" : nil
        case .object:
            return setting.isTaken([value]) ? "Write it as a list, between [ and ]." : nil
        case .array, .bool:
            return nil
        }
    }

    /// What to do to a file that is not JSON.
    static func syntax(at offset: Int, of bytes: [UInt8]) -> String? {
        let isComment = bytes.dropFirst(offset).first.map { "/#".utf8.contains($0) } ?? false
        return isComment ? #"A comment is a member of its own: "// why": "…""# : nil
    }

    /// What belongs into an object of settings.
    static func members(of key: String) -> String {
        let names = Setting.table.filter { $0.key.hasPrefix(key + ".") }
            .map { "\"\($0.key.dropFirst(key.count + 1))\"" }
        return "Its members are " + names.joined(separator: ", ") + "."
    }

    private static let unitMissing = "Give it a unit: ms, s, m or h."

    private static func split(_ key: String) -> (parent: String, name: String) {
        let names = key.split(separator: ".")
        return (names.dropLast().joined(separator: "."), String(names.last ?? ""))
    }

    /// The known setting that differs in letter case, hyphens, its place, or by a slip of the hand.
    private static func nearest(to key: String) -> Setting? {
        func letters(_ key: some StringProtocol) -> String {
            String(key.lowercased().filter { $0.isLetter || $0.isNumber })
        }
        let isVariable = key.hasPrefix(variablePrefix)
        let whole = letters(isVariable ? String(key.dropFirst(variablePrefix.count)) : key)
        let name = isVariable ? whole : letters(split(key).name)
        let known = Setting.table.map {
            (whole: letters($0.key), name: letters(split($0.key).name))
        }
        let index =
            known.firstIndex { $0.whole == whole } ?? known.firstIndex { $0.name == name }
            ?? known.firstIndex { Slips.areFew(between: whole, and: $0.whole) }
            ?? known.firstIndex { Slips.areFew(between: name, and: $0.name) }
        return index.map { Setting.table[$0] }
    }
}

/// What every environment variable of ours begins with.
let variablePrefix = "ARM_SYNC_"
