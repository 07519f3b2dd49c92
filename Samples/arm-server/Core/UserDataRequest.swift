/// The two commands this server knows.
enum Command: String, CaseIterable, Sendable {
    case read
    case save

    /// Its name in URLs and messages.
    var wireName: String { rawValue + "_user_data" }
}

/// A request that keeps the contract.
struct UserDataRequest: Sendable {
    var command: Command
    var application: String
    /// Always there in a read.
    var agent: String?
    /// What stood inside `user_data`; nil where the element was missing, and in a read.
    var content: [Node]?
}

/// Why the server does not do what it was asked.
struct Refusal: Error, Sendable {
    var code = "cannot_perform_cmd"
    var reason: String
}
