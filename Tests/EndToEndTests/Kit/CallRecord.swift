import Foundation

/// Every system call of one run, as `strace -f -y` wrote them down.
struct CallRecord {
    /// A call that was made, in the order of the record.
    struct Entry {
        let thread: Substring
        let name: String
        /// The file in the state directory that it is about.
        let file: String?
    }

    let entries: [Entry]

    init(_ text: String, state: String) {
        entries = text.split(separator: "\n").compactMap { line in
            // "17574 openat(AT_FDCWD</home>, "/home/state", …"; what was interrupted is told twice.
            guard let call = line.firstMatch(of: /^(\d+) +([a-z0-9_]+)\(/) else { return nil }
            let thread = line[..<call.output.1.endIndex]
            return Entry(
                thread: thread,
                name: String(call.output.2),
                file: Self.file(in: line, state: state)
            )
        }
    }

    private static func file(in line: Substring, state: String) -> String? {
        guard let found = line.range(of: state) else { return nil }
        let rest = line[found.upperBound...]
        guard let end = rest.firstIndex(where: { "\">".contains($0) }) else { return nil }
        return String(rest[..<end].drop { $0 == "/" })
    }

    /// Each call by its name and its number among those of its thread, and again among those about
    /// the same file: there the work of one thread does not hide behind that of another.
    var points: [SystemCall] {
        var counts: [[Substring]: Int] = [:]
        var found: [SystemCall] = []
        var known: Set<SystemCall> = []
        func add(_ entry: Entry, file: String?) {
            let key = [entry.thread, entry.name[...], (file ?? "/")[...]]
            counts[key, default: 0] += 1
            let call = SystemCall(name: entry.name, occurrence: counts[key] ?? 1, file: file)
            if known.insert(call).inserted { found.append(call) }
        }
        for entry in entries {
            add(entry, file: nil)
            // A name with the process's number in it is another one next time.
            if let file = entry.file, !file.contains(/new-\d+$/) { add(entry, file: file) }
        }
        return found
    }
}
