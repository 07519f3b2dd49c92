import ArmProtocol
import ArmSync
import ArmSyncCurl
import Glibc
import JSONDocument

extension Workspace {
    static func loadConfiguration(
        _ options: SharedOptions,
        _ surroundings: Surroundings
    ) throws(CommandError) -> Configuration {
        var files: [Configuration.Source] = []
        for path in configurationFiles(options, surroundings) {
            if let bytes = try contentsIfPresent(of: path) {
                files.append(source(path, bytes))
            } else if namedFile(options, surroundings) != nil {
                throw CommandError(.configuration, "the configuration file \(path) is not there")
            }
        }
        return try Configuration(files: files, environment: surroundings.environment)
    }

    /// The files there may be, later ones over earlier ones.
    private static func configurationFiles(
        _ options: SharedOptions,
        _ surroundings: Surroundings
    ) -> [String] {
        if let path = namedFile(options, surroundings) { return [path] }
        let directories = ["/etc", surroundings.directory("XDG_CONFIG_HOME", orHome: ".config")]
        return directories.compactMap(\.self).map { "\($0)/arm-sync/config.json" }
    }

    /// The one file that replaces the usual two.
    private static func namedFile(
        _ options: SharedOptions,
        _ surroundings: Surroundings
    ) -> String? {
        options.config ?? surroundings.environment[configVariable]
    }

    /// Where to remember what was said of a configuration that is wrong: the state directory, as far
    /// as it can be told from what is wrong; nil where it cannot.
    static func storeDespiteMistakes(
        _ options: SharedOptions,
        _ notices: StorageNotices
    ) -> (any DocumentStore)? {
        guard let surroundings = try? Surroundings.process() else { return nil }
        var configuration = Configuration()
        var isCertain = true
        for path in configurationFiles(options, surroundings) {
            guard let bytes = (try? InputFile.contentsIfPresent(of: path)) ?? nil else { continue }
            let json = try? JSONValue(parsing: bytes)
            isCertain = isCertain && json != nil
            configuration.stateDirectory = json?["state_dir"]?.text ?? configuration.stateDirectory
        }
        if let path = options.stateDir ?? surroundings.environment["ARM_SYNC_STATE_DIR"] {
            (configuration.stateDirectory, isCertain) = (path, true)
        }
        guard let directory = try? stateDirectory(configuration, surroundings) else { return nil }
        // Nothing is remembered where nobody would look for it again.
        return isCertain || access(directory, F_OK) == 0 ? store(in: directory, notices) : nil
    }

    private static func source(_ path: String, _ bytes: [UInt8]) -> Configuration.Source {
        Configuration.Source(name: path, bytes: bytes, isPrivate: SecretFile.isPrivate(path))
    }

    /// A configuration file that is there and cannot be read is a configuration error, not a missing
    /// input.
    private static func contentsIfPresent(of path: String) throws(CommandError) -> [UInt8]? {
        do throws(CommandError) {
            return try InputFile.contentsIfPresent(of: path)
        } catch {
            throw CommandError(.configuration, error.message)
        }
    }

    static func stateDirectory(
        _ configuration: Configuration,
        _ surroundings: Surroundings
    ) throws(CommandError) -> String {
        if let path = configuration.stateDirectory {
            // What a shell makes of a variable that is not set must not mean the current directory.
            guard !path.isEmpty else { throw CommandError(.usage, "--state-dir is empty") }
            return path
        }
        guard let home = surroundings.directory("XDG_STATE_HOME", orHome: ".local/state") else {
            throw CommandError(
                .configuration,
                "there is no home directory to keep documents in",
                advice: "Name a directory with --state-dir or ARM_SYNC_STATE_DIR."
            )
        }
        return "\(home)/arm-sync"
    }

    /// Server and domain, the server in its one spelling, so that the same one is never taken for
    /// another; nil while either is not configured.
    static func binding(_ configuration: Configuration) throws(CommandError) -> Binding? {
        guard let server = configuration.server else { return nil }
        do {
            let origin = try CurlConfiguration.origin(of: server)
            return configuration.domain.map { Binding(server: origin, domain: $0) }
        } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
    }
}

extension Configuration {
    /// Flags win over everything else.
    mutating func apply(_ options: SharedOptions) {
        server = options.server ?? server
        domain = options.domain ?? domain
        application = options.application ?? application
        agent = options.agent ?? agent
        stateDirectory = options.stateDir ?? stateDirectory
    }
}
