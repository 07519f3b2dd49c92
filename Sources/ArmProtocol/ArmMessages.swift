/// A request to the switch, whatever its encoding. What is known of the commands: <doc:WireContract>.
public enum ArmRequest: Hashable, Sendable {
    /// `read_user_data`: what is stored?
    case read(DocumentKey)
    /// `save_user_data`: replaces the whole of what is stored.
    case save(DocumentKey, UserData)

    /// The command's name on the wire.
    public var command: String {
        switch self {
        case .read: "read_user_data"
        case .save: "save_user_data"
        }
    }

    /// Whose user data.
    public var key: DocumentKey {
        switch self {
        case .read(let key), .save(let key, _): key
        }
    }
}

/// What the switch answered, in its own format.
public enum ArmResponse: Hashable, Sendable {
    /// The save is done.
    case saved
    /// The answer to a read.
    case userData(UserData)
    /// The server refused, with a reason.
    case error(ServerError)
}

/// The server's `error` element.
public struct ServerError: Error, Hashable, Sendable {
    /// The code, such as `cannot_perform_cmd`, on one line of at most 256 bytes; taken from wherever
    /// the element has it, `unknown` where it has none.
    public var code: String
    /// The whole element as XML text, cut to 4 KiB between two characters, for the report.
    public var element: String

    /// An error with that code.
    public init(code: String, element: String) {
        self.code = code
        self.element = element
    }
}

/// Why bytes are no message of the switch, or why a request cannot be written.
public struct MessageError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String

    /// An error with that message.
    public init(message: String) { self.message = message }
}
