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
                "\(file.name), line \(error.line), column \(error.column): \(error.message)"
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
            if let setting = Setting.table.first(where: { $0.key == key }) {
                guard setting.assign(&self, value) else {
                    throw CommandError(
                        .configuration,
                        "\(file): \"\(key)\": expected \(setting.expected)"
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
                        "\(file): \"\(key)\": expected an object with settings"
                    )
                }
                try merge(members, under: key + ".", of: source)
            } else {
                throw CommandError(
                    .configuration,
                    "\(file): unknown key \"\(key)\"",
                    advice: Self.nearest(to: key).map { "Did you mean \"\($0)\"?" }
                )
            }
        }
    }

    private mutating func merge(_ environment: [String: String]) throws(CommandError) {
        let own = environment.filter { $0.key.hasPrefix("ARM_SYNC_") && $0.key != configVariable }
        for (name, text) in own.sorted(by: { $0.key < $1.key }) {
            guard let setting = Setting.table.first(where: { $0.environment == name }) else {
                throw CommandError(.configuration, "unknown environment variable \(name)")
            }
            guard setting.assign(&self, setting.value(text)) else {
                throw CommandError(
                    .configuration,
                    "environment variable \(name): expected \(setting.expectedInEnvironment)"
                )
            }
        }
        if own[credentialsCommandVariable] != nil { credentials.kind = .command }
    }

    /// The known key that differs from this one in letter case, hyphens or its place only.
    private static func nearest(to key: String) -> String? {
        func folded(_ key: some StringProtocol) -> String {
            String(key.lowercased().filter { $0.isLetter || $0.isNumber })
        }
        let leaf = folded(key.split(separator: ".").last ?? "")
        return Setting.table.map(\.key).first { known in
            folded(known) == folded(key) || folded(known.split(separator: ".").last ?? "") == leaf
        }
    }
}

/// Names the one configuration file to read, like `--config`.
let configVariable = "ARM_SYNC_CONFIG"
