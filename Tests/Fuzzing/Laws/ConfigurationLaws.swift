import ArmProtocol
import ArmSync
import JSONDocument

@testable import ArmSyncCLI
@testable import ArmSyncCurl

/// A configuration is taken as a whole, or the mistake is named with its place.
///
/// The input is two files, the second over the first, and environment variables, with NUL between
/// them.
enum ConfigurationLaws {
    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let parts = FuzzInput.words(bytes)
        let files = parts.prefix(2).enumerated().map { number, bytes in
            Configuration.Source(name: "file-\(number)", bytes: bytes, isPrivate: number == 1)
        }
        let environment = environment(parts.dropFirst(2))
        let configuration: Configuration
        do throws(CommandError) {
            configuration = try Configuration(files: files, environment: environment)
        } catch {
            try checkMistake(error, environment)
            return
        }
        try checkMeaning(configuration)
        let twice = try succeed("what is taken once is taken twice") {
            () throws(CommandError) in
            try Configuration(files: files + files, environment: environment)
        }
        for setting in Setting.table {
            try expect(
                setting.current(twice) == setting.current(configuration),
                "the same files once more change nothing",
                setting.key
            )
            try checkWriting(of: setting, in: configuration)
        }
        checkUse(of: configuration)
    }

    private static func environment(_ words: ArraySlice<[UInt8]>) -> [String: String] {
        var environment: [String: String] = [:]
        for word in words {
            guard let text = String(validating: word, as: UTF8.self),
                let sign = text.firstIndex(of: "=")
            else { continue }
            environment[String(text[..<sign])] = String(text[text.index(after: sign)...])
        }
        return environment
    }

    private static func checkMistake(
        _ error: CommandError,
        _ environment: [String: String]
    ) throws(BrokenLaw) {
        try expect(error.status == .configuration, "a mistake is one of the configuration")
        let isInFile = error.message.hasPrefix("file-0") || error.message.hasPrefix("file-1")
        let isInEnvironment = environment.keys.contains { name in
            error.message.hasPrefix("environment variable \(name): ")
                || error.message == "unknown environment variable \(name)"
        }
        try expect(
            isInFile || isInEnvironment,
            "a mistake is named with its file or variable",
            error.message
        )
        let hasPlace =
            error.message.contains(", line ") || error.message.contains("\"")
            || error.message.hasSuffix("expected an object with settings")
        try expect(
            hasPlace || isInEnvironment,
            "a mistake in a file is named with its key or its line",
            error.message
        )
        try expect(error.advice?.isEmpty != true, "no advice is empty")
    }

    /// What was taken is within the limits that are promised of it.
    private static func checkMeaning(_ configuration: Configuration) throws(BrokenLaw) {
        let durations = [
            configuration.connectTimeout, configuration.totalTimeout, configuration.stallTimeout,
        ]
        try expect(durations.allSatisfy { $0 > .zero }, "no timeout is zero or below")
        try expect(configuration.sync.parallel > 0, "there is room for one request at least")
    }

    /// What holds can be written into a file, and holds again when it is read.
    private static func checkWriting(
        of setting: Setting,
        in configuration: Configuration
    ) throws(BrokenLaw) {
        guard let value = setting.current(configuration) else { return }
        var fresh = Configuration()
        try expect(
            setting.assign(&fresh, value),
            "what holds can be written into a file",
            "\(setting.key): \(value.text())"
        )
        try expect(
            setting.current(fresh) == value,
            "what is written into a file holds again",
            "\(setting.key): \(value.text())"
        )
    }

    /// What is made of a configuration before anything is sent: an error, but no trap.
    private static func checkUse(of configuration: Configuration) {
        guard let binding = try? Workspace.binding(configuration) else { return }
        var curl = CurlConfiguration(
            server: binding.server,
            domain: binding.domain,
            userAgent: "fuzz",
            form: XMLForm(mapping: configuration.mapping)
        )
        curl.pathPrefix = configuration.pathPrefix
        curl.contentType = configuration.contentType
        curl.connectTimeout = configuration.connectTimeout
        curl.totalTimeout = configuration.totalTimeout
        curl.stallTimeout = configuration.stallTimeout
        curl.parallel = configuration.sync.parallel
        curl.pinnedPublicKey = configuration.pinnedPublicKey
        curl.proxy = configuration.proxy
        _ = try? WebSocketPlan(curl, path: configuration.webSocketPath)
    }
}
