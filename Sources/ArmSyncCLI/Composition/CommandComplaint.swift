/// What a command that the configuration names said on standard error, fit for people: no secret, no control.
struct CommandComplaint {
    let lines: [String]

    /// Most lines that are passed on; the last ones tell why it ended.
    static let lineLimit = 20

    /// - Parameter output: what it wrote to standard output. Every line there may be a secret, and
    ///   shells that trace their commands repeat them here.
    init(_ errors: [UInt8], output: [UInt8] = []) {
        let secrets = Self.secrets(in: String(decoding: output, as: UTF8.self))
        lines = String(decoding: errors, as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .suffix(Self.lineLimit)
            .map { line in
                var text = String(line)
                for secret in secrets { text = text.replacing(secret, with: "…") }
                for key in ["password=", "header=", "cookie="] {
                    guard let found = text.firstRange(of: key) else { continue }
                    text = text[..<found.upperBound] + "…"
                }
                return text.printable
            }
    }

    /// The lines, and what stands in them behind a sign; longest first, so that no rest of one is
    /// left where another is a part of it. Words that short tell nothing, and are everywhere.
    private static func secrets(in output: String) -> [String] {
        var secrets: Set<String> = []
        for line in output.split(whereSeparator: \.isNewline) {
            var rest = line
            secrets.insert(String(rest))
            while let sign = rest.firstIndex(where: { $0 == "=" || $0 == ":" || $0 == " " }) {
                rest = rest[rest.index(after: sign)...]
                secrets.insert(String(rest))
            }
        }
        return secrets.filter { $0.count >= 3 }.sorted { $0.count > $1.count }
    }
}
