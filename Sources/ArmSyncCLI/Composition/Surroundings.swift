import ArmSync
import CLinux
import Glibc

/// What the process finds around it.
struct Surroundings: Sendable {
    let environment: [String: String]

    /// The real ones; throws where a variable of ours is not UTF-8, which would otherwise be read
    /// with U+FFFD in place of what is not, and so name another document.
    static func process() throws(CommandError) -> Surroundings {
        var environment: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            entry += 1
            let variable = String(cString: text)
            // Sought as a byte: a character may be more than the sign that it begins with.
            guard let sign = variable.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(variable[..<sign])
            guard !name.hasPrefix("ARM_SYNC_") || String(validatingCString: text) != nil else {
                throw CommandError(.configuration, "environment variable \(name) is not UTF-8")
            }
            environment[name] = String(variable[variable.utf8.index(after: sign)...])
        }
        return Surroundings(environment: environment)
    }

    /// The present, by the station's clock.
    static func now() -> Timestamp {
        Timestamp(milliseconds: clinux_now_milliseconds())
    }

    /// Lets that much time pass.
    static func pause(_ span: Duration) {
        clinux_pause_milliseconds(span.milliseconds)
    }

    /// Who edits here: `operator@station`.
    var author: String {
        let user = environment["USER"] ?? environment["LOGNAME"] ?? Self.userName
        return "\(user)@\(Self.hostName)"
    }

    private static var userName: String {
        guard let entry = getpwuid(getuid()) else { return "uid\(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "station" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// A directory of the user's by the XDG base directory specification, which asks that relative
    /// paths be ignored.
    func directory(_ variable: String, orHome fallback: String) -> String? {
        if let path = environment[variable], path.hasPrefix("/") { return path }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return "\(home)/\(fallback)"
    }
}
