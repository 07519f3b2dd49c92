import ArmSync
import JSONDocument

extension Configuration {
    /// One source of settings, and its name for messages.
    struct Source: Sendable {
        /// The file's path.
        var name: String
        var bytes: [UInt8]
        /// Whether nobody but its owner can read it.
        var isPrivate = false
    }

    /// Merges the files key by key, later ones over earlier ones, and the environment over all.
    ///
    /// Every mistake is an error: an unknown key would otherwise be a setting that silently does
    /// not hold.
    init(
        files: [Source],
        environment: [String: String]
    ) throws(CommandError) {
        self.init()
        for file in files { try merge(file) }
        try merge(environment)
    }

    private mutating func merge(_ file: Source) throws(CommandError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: file.bytes)
        } catch {
            throw CommandError(
                .configuration,
                "\(file.name), line \(error.line), column \(error.column): \(error.message)",
                advice: ConfigurationHint.syntax(at: error.offset, of: file.bytes)
            )
        }
        guard let object = value.object else {
            throw CommandError(.configuration, "\(file.name): expected an object with settings")
        }
        try merge(object, under: "", of: file)
        files.append(file.name)
    }

    private mutating func merge(
        _ object: JSONObject,
        under prefix: String,
        of source: Source
    ) throws(CommandError) {
        let file = source.name
        for (name, value) in object where !name.text.hasPrefix("//") {
            let key = prefix + name.text
            if let setting = Setting.named(key) {
                guard setting.assign(&self, value) else {
                    let fault = setting.fault(value) ?? "\"\(key)\": expected \(setting.expected)"
                    throw CommandError(
                        .configuration,
                        "\(file): \(fault)",
                        advice: ConfigurationHint.value(value, of: setting)
                    )
                }
                guard !setting.isSecret || source.isPrivate else {
                    throw CommandError(
                        .configuration,
                        "\(file): \"\(key)\" is a secret, and others can read this file",
                        advice: "Type: chmod 600 \(file.shellWord), or use \"\(key)_file\"."
                    )
                }
            } else if Setting.table.contains(where: { $0.key.hasPrefix(key + ".") }) {
                guard let members = value.object else {
                    throw CommandError(
                        .configuration,
                        "\(file): \"\(key)\": expected an object with settings",
                        advice: ConfigurationHint.members(of: key)
                    )
                }
                try merge(members, under: key + ".", of: source)
            } else {
                throw CommandError(
                    .configuration,
                    "\(file): unknown key \"\(key)\"",
                    advice: ConfigurationHint.key(key)
                )
            }
        }
    }

    private mutating func merge(_ environment: [String: String]) throws(CommandError) {
        let own = environment.filter {
            $0.key.hasPrefix(variablePrefix) && $0.key != configVariable
        }
        for (name, text) in own.sorted(by: { $0.key < $1.key }) {
            guard let setting = Setting.table.first(where: { $0.environment == name }) else {
                throw CommandError(
                    .configuration,
                    "unknown environment variable \(name)",
                    advice: ConfigurationHint.variable(name)
                )
            }
            let value = setting.value(text)
            guard setting.assign(&self, value) else {
                throw CommandError(
                    .configuration,
                    "environment variable \(name): expected \(setting.expectedInEnvironment)",
                    advice: text.isEmpty
                        ? "To leave it unset, type: unset \(name)"
                        : ConfigurationHint.value(value, of: setting)
                )
            }
        }
        if own[credentialsCommandVariable] != nil { credentials.kind = .command }
    }
}

/// Names the one configuration file to read, like `--config`.
let configVariable = "ARM_SYNC_CONFIG"
