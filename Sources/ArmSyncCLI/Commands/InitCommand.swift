import ArgumentParser
import JSONDocument

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a configuration file that explains every setting.",
        discussion: """
            What is given as a flag is set in it; on a terminal without such flags a few questions \
            are asked. Everything else stands there as a comment with its default. A file that is \
            there already is never touched.
            """
    )

    @OptionGroup var options: SharedOptions

    @Flag(help: "Write /etc/arm-sync/config.json, for everybody on this station.")
    var system = false

    func run() throws {
        let surroundings = try Surroundings.process()
        let console = options.console(in: surroundings)
        let file = try place(in: surroundings)
        try file.requireAbsence()
        var values = try flagged
        if values.isEmpty && !console.isJSON && ConfigurationQuestions.canBeAsked {
            let questions = ConfigurationQuestions(width: console.width)
            values = try questions.ask(Self.asked.compactMap(Setting.named))
        }
        try file.write(ConfigurationTemplate(values: values).text)
        guard !console.isJSON else {
            let keys = Setting.table.map(\.key).filter { values[$0] != nil }
            return try console.result([
                "file": .string(JSONString(file.path)),
                "settings": .array(keys.map { .string(JSONString($0)) }),
                "transport": .text(try Self.transport(of: values)?.rawValue),
            ])
        }
        try console.say("Written: \(file.path)")
        if let transport = try Self.transport(of: values) {
            try console.say("The switch is spoken to over \(transport.words), as its address says.")
        }
        let missing = ["server", "domain"].filter { values[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.map { "\"\($0)\"" }.joined(separator: " and ")
            return try console.say("Set \(names) in it before the first sync.")
        }
        try console.say("Next, to fetch what the switch holds: arm-sync sync")
    }

    /// How the switch will be spoken to; nil where none is named.
    private static func transport(
        of values: [String: JSONValue]
    ) throws(CommandError) -> TransportKind? {
        guard let server = values["server"]?.text else { return nil }
        var configuration = Configuration()
        configuration.server = server
        return try configuration.chosenTransport()
    }

    /// What is asked for, in this order.
    private static let asked = ["server", "domain", "application", "agent"]

    /// Where the other commands will look for it.
    private func place(in surroundings: Surroundings) throws(CommandError) -> NewConfigurationFile {
        if system {
            guard options.config == nil else {
                throw CommandError(.usage, "--system and --config name two places; give one")
            }
            return NewConfigurationFile(path: "/etc/arm-sync/config.json", isForEveryone: true)
        }
        if let path = options.config ?? surroundings.environment[configVariable] {
            guard !path.isEmpty else { throw CommandError(.usage, "--config is empty") }
            return NewConfigurationFile(path: path, isForEveryone: false)
        }
        guard let directory = surroundings.directory("XDG_CONFIG_HOME", orHome: ".config") else {
            throw CommandError(
                .configuration,
                "there is no home directory to keep the configuration in",
                advice: "Name a file with --config or ARM_SYNC_CONFIG."
            )
        }
        return NewConfigurationFile(path: "\(directory)/arm-sync/config.json", isForEveryone: false)
    }

    /// What flags say, by key, each as its setting takes it.
    private var flagged: [String: JSONValue] {
        get throws(CommandError) {
            let flags = [
                ("--server", "server", options.server), ("--domain", "domain", options.domain),
                ("--application", "application", options.application),
                ("--agent", "agent", options.agent), ("--state-dir", "state_dir", options.stateDir),
            ]
            var values: [String: JSONValue] = [:]
            for (flag, key, text) in flags {
                guard let text, let setting = Setting.named(key) else { continue }
                let value = setting.value(text)
                guard setting.isTaken(value) else {
                    throw CommandError(
                        .usage,
                        "\(flag): expected \(setting.expectedInEnvironment)",
                        advice: ConfigurationHint.value(value, of: setting)
                    )
                }
                values[key] = value
            }
            return values
        }
    }
}
