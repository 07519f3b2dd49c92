import ArmProtocol
import ArmSync
import JSONDocument

extension DocumentKey {
    /// `hodor / 102`.
    var words: String { agent.map { "\(application) / \($0)" } ?? application }

    /// The flags that name this document: ` -a hodor -g 102`.
    var flags: String {
        func flag(_ short: String, _ long: String, _ id: String) -> String {
            // Behind a space, a word with a minus in front would be taken for another flag.
            id.hasPrefix("-") ? " \(long)=\(id.shellWord)" : " \(short) \(id.shellWord)"
        }
        return flag("-a", "--application", application)
            + (agent.map { flag("-g", "--agent", $0) } ?? "")
    }

    /// The members every line about a document begins with.
    var json: JSONObject {
        var object = JSONObject()
        object["application_id"] = .string(JSONString(application))
        object["agent_id"] = agent.map { .string(JSONString($0)) } ?? .null
        return object
    }
}

extension String {
    /// The text as one word of a shell's command line.
    var shellWord: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                byte > 0x7F || "-_./:@%+=,".utf8.contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            }
        if isPlain { return self }
        return "'"
            + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            + "'"
    }

    /// The text with what would steer a terminal made visible. Servers write such texts, not we.
    var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
            )
        )
    }

    /// The text as a sentence: a capital at its start, a full stop at its end.
    var sentence: String {
        guard let last else { return self }
        return prefix(1).uppercased() + dropFirst() + (".!?".contains(last) ? "" : ".")
    }
}

extension Int {
    /// `1 edit`, `3 edits`.
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension Duration {
    /// A span in the largest unit that tells it: `12 min`, `3 h`, `2 days`.
    var rough: String {
        let seconds = Int(max(components.seconds, 0))
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<(48 * 3600): return "\(seconds / 3600) h"
        default: return "\(seconds / 86400) days"
        }
    }
}

extension Timestamp {
    /// `12 min ago`; a moment just past, or in the future of a clock set back, is `just now`.
    func ago(_ now: Timestamp) -> String {
        let span = now.since(self)
        return span < .seconds(1) ? "just now" : "\(span.rough) ago"
    }
}

extension CommandError {
    /// Says it on standard error.
    func report() {
        Console.complain("arm-sync: \(message.printable)")
        if let advice { Console.complain(advice) }
    }
}
