import ArmSyncStorage
import Synchronization

/// What the store has to tell beside errors, each thing once a command.
final class StorageNotices: Sendable {
    private let told = Mutex<[StorageNotice]>([])
    /// Whether a cache that is behind is left to the caller, who knows if it was said before.
    private let keepsFailures: Bool

    init(keepingFailures keepsFailures: Bool = false) { self.keepsFailures = keepsFailures }

    /// The caches that could not be brought up to date.
    var failures: [StorageNotice] {
        told.withLock { $0.filter { $0.kind == .cacheNotWritten } }
    }

    func take(_ notice: StorageNotice) {
        let isNew = told.withLock { told in
            guard !told.contains(notice) else { return false }
            told.append(notice)
            return true
        }
        guard isNew, !(keepsFailures && notice.kind == .cacheNotWritten) else { return }
        Console.complain("arm-sync: \(notice.message.printable)")
    }
}
