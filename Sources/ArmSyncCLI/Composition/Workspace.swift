import ArmProtocol
import ArmSync
import ArmSyncStorage

/// What a command works with: configuration, console and store, put together in one place.
struct Workspace: Sendable {
    let configuration: Configuration
    /// How the switch is spoken to.
    let transport: TransportKind
    let console: Console
    /// The store as what it is, for what only journals can tell.
    let journals: JournalStore
    var store: any DocumentStore { journals }
    let surroundings: Surroundings
    /// The document named by flags on this very command line.
    let flagged: DocumentKey?
    /// The one that is meant without any flags.
    let standard: DocumentKey?

    init(
        _ options: SharedOptions,
        notices: StorageNotices = StorageNotices()
    ) throws(CommandError) {
        let surroundings = try Surroundings.process()
        self.surroundings = surroundings
        let console = options.console(in: surroundings)
        self.console = console
        var configuration = try Self.loadConfiguration(options, surroundings)
        standard = Self.standardDocument(options, configuration)
        configuration.apply(options)
        configuration.sync.binding = try Self.binding(configuration)
        self.configuration = configuration
        transport = try configuration.chosenTransport()
        flagged = try Self.flaggedDocument(options, configuration)
        journals = Self.store(in: try Self.stateDirectory(configuration, surroundings), notices)
    }

    static func store(in directory: String, _ notices: StorageNotices) -> JournalStore {
        JournalStore(directory: directory, report: notices.take)
    }

    /// The document chosen by flags, environment or files.
    func chosenDocument() throws(CommandError) -> DocumentKey {
        if let flagged { return flagged }
        return try Self.chosenDocument(configuration)
    }

    /// The document named by flags, or else every one there is, here or in the configuration.
    func documents() throws(CommandError) -> [DocumentKey] {
        if let flagged { return [flagged] }
        var keys: [DocumentKey]
        do { keys = try store.keys() } catch { throw CommandError(error) }
        var known = Set(keys)
        for key in configuration.documents where known.insert(key).inserted { keys.append(key) }
        if configuration.application != nil {
            let key = try chosenDocument()
            if known.insert(key).inserted { keys.append(key) }
        }
        return keys
    }

    private static func flaggedDocument(
        _ options: SharedOptions,
        _ configuration: Configuration
    ) throws(CommandError) -> DocumentKey? {
        guard options.application != nil || options.agent != nil else { return nil }
        return try chosenDocument(configuration)
    }

    /// Nil, too, where flags name other files than a command without them would read.
    private static func standardDocument(
        _ options: SharedOptions,
        _ configuration: Configuration
    ) -> DocumentKey? {
        guard options.config == nil, options.stateDir == nil else { return nil }
        return try? chosenDocument(configuration)
    }

    private static func chosenDocument(
        _ configuration: Configuration
    ) throws(CommandError) -> DocumentKey {
        guard let application = configuration.application else {
            throw CommandError(
                .usage,
                "no application is chosen",
                advice: "Name it with --application (-a), ARM_SYNC_APPLICATION or the "
                    + "configuration key \"application\"; arm-sync init asks for it and writes it."
            )
        }
        return try checked(DocumentKey(application: application, agent: configuration.agent))
    }
}

/// The key, where its ids can be used.
private func checked(_ key: DocumentKey) throws(CommandError) -> DocumentKey {
    do {
        try key.validate()
    } catch {
        throw CommandError(.usage, error.message)
    }
    return key
}
