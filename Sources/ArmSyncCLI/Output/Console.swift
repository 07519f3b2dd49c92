import Glibc
import JSONDocument

/// Where output goes: results to standard output, words to people wherever they do not disturb it.
struct Console: Sendable {
    /// `--color`.
    enum ColorChoice: String, Sendable, CaseIterable {
        case auto, always, never
    }

    let isJSON: Bool
    let isQuiet: Bool
    let isVerbose: Bool
    let palette: Palette
    /// Columns of the terminal, or 80.
    let width: Int

    init(
        isJSON: Bool,
        isQuiet: Bool,
        isVerbose: Bool,
        color: ColorChoice,
        environment: [String: String],
        width: Int? = nil
    ) {
        self.isJSON = isJSON
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let isWelcome =
            environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        let isColored =
            switch color {
            case .auto: isTerminal && isWelcome
            case .always: true
            case .never: false
            }
        palette = Palette(isColored: isColored)
        self.width = width ?? Self.terminalWidth(of: STDOUT_FILENO) ?? 80
    }

    /// Writes a result to standard output, with a newline after it.
    func result(_ text: String) throws(CommandError) {
        try Self.write(Array(text.utf8) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }

    /// Writes one JSON value as one line to standard output.
    func result(_ value: JSONValue) throws(CommandError) { try Self.write(value) }

    /// The same without a console, which cannot be had where the surroundings cannot be used.
    static func write(_ value: JSONValue) throws(CommandError) {
        try write(value.serialized() + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }

    /// Tells a person something that is no result; silent with `--quiet`.
    func say(_ text: String) throws(CommandError) {
        guard !isQuiet else { return }
        let descriptor = isJSON ? STDERR_FILENO : STDOUT_FILENO
        try Self.write(Array((text + "\n").utf8), to: descriptor)
    }

    /// Asks a person for an answer on the same line, on standard error.
    static func prompt(_ text: String) {
        try? write(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Tells a person of trouble, on standard error whatever the options.
    static func warn(_ text: String, newline: Bool = true) {
        // When standard error is gone too there is nobody left to tell.
        try? write(Array((text + (newline ? "\n" : "")).utf8), to: STDERR_FILENO)
    }

    /// Tells a person of trouble in long lines, which a terminal gets broken at their words; whatever
    /// else reads them gets them as they are.
    static func complain(_ text: String) {
        guard let width = terminalWidth(of: STDERR_FILENO) else { return warn(text) }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            warn(Paragraph.wrapped(String(line), width: width).joined(separator: "\n"))
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(CommandError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN {
                    // Whoever shares the other end may have made it non-blocking for all.
                    var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&output, 1, -1)
                    continue
                }
                throw CommandError(
                    .storeFailed,
                    "the output could not be written: \(String(cString: strerror(errno)))"
                )
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Columns of the terminal behind the descriptor; nil where there is none.
    private static func terminalWidth(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else {
            return 80
        }
        return min(Int(size.ws_col), 120)
    }
}
