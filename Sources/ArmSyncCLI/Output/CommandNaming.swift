import ArmProtocol

/// How the commands on a screen name the document they are about.
struct CommandNaming: Sendable {
    /// The document that is meant where no flags are given; nil where there is none.
    var standard: DocumentKey?
    /// Whether there is no other one.
    var isOnly = false

    /// The flags of a command that is about one document.
    func flags(for key: DocumentKey) -> String { key == standard ? "" : key.flags }

    /// The flags of a command that is about every document unless it is told which.
    func flagsAmongAll(for key: DocumentKey) -> String {
        isOnly && key == standard ? "" : key.flags
    }
}
