import ArgumentParser

/// Options every command takes.
struct SharedOptions: ParsableArguments {
    @Option(
        name: [.customShort("a"), .long],
        help: "The application's id.",
        completion: .custom { words, _, _ in IdentifierCompletion.applications(words) }
    )
    var application: String?

    @Option(
        name: [.customShort("g"), .long],
        help: "The agent's id.",
        completion: .custom { words, _, _ in IdentifierCompletion.agents(words) }
    )
    var agent: String?

    @Option(help: ArgumentHelp("The switch: scheme, host and port.", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("The switch's domain.", valueName: "name"))
    var domain: String?

    @Option(
        help: ArgumentHelp("Where documents are kept.", valueName: "directory"),
        completion: .directory
    )
    var stateDir: String?

    @Option(
        help: ArgumentHelp(
            "The one configuration file to read instead of the usual two.",
            valueName: "file"
        ),
        completion: .file()
    )
    var config: String?

    @Flag(help: "Print JSON on standard output, words on standard error.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more: the server's own words, how many requests.")
    var verbose = false

    @Option(help: ArgumentHelp("Colours: auto, always or never.", valueName: "when"))
    var color = Console.ColorChoice.auto
}

extension Console.ColorChoice: ExpressibleByArgument {
    /// Without these two the parser has the cases described by reflection, at every start.
    static var allValueStrings: [String] { allCases.map(\.rawValue) }
    static var allValueDescriptions: [String: String] { [:] }
}

extension SharedOptions: PlainArguments {
    mutating func take(_ words: inout PlainWords) {
        application = words.value("--application", "-a")
        agent = words.value("--agent", "-g")
        server = words.value("--server")
        domain = words.value("--domain")
        stateDir = words.value("--state-dir")
        config = words.value("--config")
        json = words.flag("--json")
        quiet = words.flag("--quiet", "-q")
        verbose = words.flag("--verbose", "-v")
        color = words.value("--color", as: Console.ColorChoice.init(rawValue:)) ?? .auto
    }

    /// The console these options ask for.
    func console(in surroundings: Surroundings) -> Console {
        Console(
            isJSON: json,
            isQuiet: quiet,
            isVerbose: verbose,
            color: color,
            environment: surroundings.environment
        )
    }
}
