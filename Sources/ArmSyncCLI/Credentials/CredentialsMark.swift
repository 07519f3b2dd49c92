import Glibc

/// What files look like from outside: whether one was changed shows, nothing of what is in it does.
enum CredentialsMark {
    /// Changes whenever one of the files is written, replaced, or given other rights.
    static func of(_ paths: [String]) -> String? {
        guard !paths.isEmpty else { return nil }
        return paths.map { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return "-" }
            let (changed, since) = (status.st_mtim, status.st_ctim)
            return "\(status.st_dev).\(status.st_ino).\(status.st_size)"
                + ".\(changed.tv_sec).\(changed.tv_nsec).\(since.tv_sec).\(since.tv_nsec)"
        }
        .joined(separator: " ")
    }
}
