/// The settings under `credentials`, as they stand in files and the environment.
struct CredentialSettings: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case none
        case basic
        case header
        case cookieFile = "cookie_file"
        case command
    }

    var kind = Kind.none
    var username: String?
    /// A secret; nil unless it stands in a file that nobody else can read.
    var password: String?
    var passwordFile: String?
    /// The name of the header.
    var name: String?
    /// A secret like `password`.
    var value: String?
    var valueFile: String?
    /// The file of cookies.
    var path: String?
    /// Program and arguments.
    var command: [String] = []
    var timeout: Duration = .seconds(10)
    /// How long what the command says is good for where it does not say so itself.
    var refresh: Duration?
}

extension CredentialSettings: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The kind alone.
    var description: String { "CredentialSettings(\(kind.rawValue))" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
