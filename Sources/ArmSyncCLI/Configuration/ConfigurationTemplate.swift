import JSONDocument

/// A configuration file that explains every key there is.
///
/// A setting with a value stands as itself, every other as a comment with its default or an example:
/// with the two slashes taken away it holds.
struct ConfigurationTemplate: Sendable {
    /// What is set, by key.
    var values: [String: JSONValue]

    /// The file's text.
    var text: String {
        let note = """
            Settings of arm-sync. What begins with // is a comment: take the slashes away, and the \
            setting holds.
            """
        let blocks = [#"  "//": \#(quoted(note))"#] + blocks(of: Setting.table, under: "", depth: 1)
        return "{\n" + blocks.joined(separator: ",\n\n") + "\n}\n"
    }

    /// One block a setting, or a group of those whose keys begin alike.
    private func blocks(of settings: [Setting], under prefix: String, depth: Int) -> [String] {
        let indentation = String(repeating: "  ", count: depth)
        var seen: Set<Substring> = []
        var blocks: [String] = []
        for setting in settings {
            let rest = setting.key.dropFirst(prefix.count)
            let name = rest.prefix { $0 != "." }
            guard name != rest else {
                blocks.append(lines(of: setting, named: name, indentation))
                continue
            }
            guard seen.insert(name).inserted else { continue }
            let branch = "\(prefix)\(name)."
            let members = settings.filter { $0.key.hasPrefix(branch) }
            let inner = self.blocks(of: members, under: branch, depth: depth + 1)
            blocks.append(
                "\(indentation)\(quoted(String(name))): {\n"
                    + inner.joined(separator: ",\n\n") + "\n\(indentation)}"
            )
        }
        return blocks
    }

    private func lines(
        of setting: Setting,
        named name: Substring,
        _ indentation: String
    ) -> String {
        let value = values[setting.key]
        let member = value == nil ? "//\(name)" : String(name)
        let shown = value ?? setting.defaultValue ?? setting.example
        return """
            \(indentation)\(quoted("// \(name)")): \(quoted(explanation(of: setting))),
            \(indentation)\(quoted(member)): \(shown.text())
            """
    }

    /// Without quotation marks, which a JSON text can only hold with a backslash before each.
    private func explanation(of setting: Setting) -> String {
        let sentences = [
            setting.help, "Takes \(setting.expected).", "Default: \(setting.defaultText).",
        ]
        return sentences.joined(separator: " ").filter { $0 != "\"" }
    }

    private func quoted(_ text: String) -> String { JSONValue.string(JSONString(text)).text() }
}
