/// What takes bytes from outside and is fuzzed, by the name it is asked for.
enum FuzzTarget: String, CaseIterable, Sendable {
    case json, patch, merge, xml, message, frames, journal, configuration
    case commandLine = "command-line"

    /// Gives the bytes to what the target is about, and checks all that is promised of it.
    ///
    /// The same bytes always do the same, so that a finding can be played again.
    func run(_ bytes: [UInt8]) throws(BrokenLaw) {
        switch self {
        case .json: try JSONLaws.check(bytes)
        case .patch: try PatchLaws.check(bytes)
        case .merge: try MergeLaws.check(bytes)
        case .xml: try XMLLaws.check(bytes)
        case .message: try MessageLaws.check(bytes)
        case .frames: try FrameLaws.check(bytes)
        case .journal: try JournalLaws.check(bytes)
        case .configuration: try ConfigurationLaws.check(bytes)
        case .commandLine: try CommandLineLaws.check(bytes)
        }
    }
}
