import Foundation

func entries(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
}

/// Threads that block SIGPIPE: the ones that own libcurl's handles, and no others.
func threadsWithoutPipeSignal() throws -> Int {
    try entries("/proc/self/task").count { thread in
        // A thread that ends while it is looked at has no status to read, and does not count.
        let status = try? String(
            contentsOfFile: "/proc/self/task/\(thread)/status",
            encoding: .utf8
        )
        let blocked = status?.field("sigblk", separator: "\n")?.drop { $0.isWhitespace } ?? ""
        return UInt64(blocked, radix: 16).map { $0 & (1 << (SIGPIPE - 1)) != 0 } ?? false
    }
}

/// Waits until that holds, and traps where it does not in half a minute: the kernel lists a thread
/// for a while after it was joined.
func settles(_ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !condition() {
        precondition(ContinuousClock.now < deadline)
        usleep(1_000)
    }
}
