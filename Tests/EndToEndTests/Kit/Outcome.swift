/// How a program ended, and what it said.
struct Outcome: Sendable {
    enum End: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    let end: End
    let bytes: [UInt8]
    /// Standard error.
    let errors: String

    /// The exit code; nil where a signal ended the program.
    var code: Int32? { if case .exited(let code) = end { code } else { nil } }
    /// Standard output.
    var output: String { String(decoding: bytes, as: UTF8.self) }
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    /// Everything, for the comment of an expectation.
    var words: String { "\(end)\n\(output)\(errors)" }
}

/// Something went wrong around what is tested: a program that does not start or does not end.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
}
