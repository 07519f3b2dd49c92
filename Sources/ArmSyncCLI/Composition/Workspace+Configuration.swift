import ArmProtocol
import ArmSync
import ArmSyncCurl

extension Workspace {
    static func loadConfiguration(
        _ options: SharedOptions,
        _ surroundings: Surroundings
    ) throws(CommandError) -> Configuration {
        let environment = surroundings.environment
        var files: [Configuration.Source] = []
        if let path = options.config ?? environment[configVariable] {
            guard let bytes = try contentsIfPresent(of: path) else {
                throw CommandError(.configuration, "the configuration file \(path) is not there")
            }
            files = [source(path, bytes)]
        } else {
            let directories = [
                "/etc", surroundings.directory("XDG_CONFIG_HOME", orHome: ".config"),
            ]
            for directory in directories.compactMap(\.self) {
                let path = "\(directory)/arm-sync/config.json"
                if let bytes = try contentsIfPresent(of: path) {
                    files.append(source(path, bytes))
                }
            }
        }
        return try Configuration(files: files, environment: environment)
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
