import ArmSync

extension StoreError {
    /// The error for people: what did not happen, why, where, and what to do.
    init(_ what: String, _ error: FileSystemError) {
        let remedy = error.remedy.map { "; \($0)" } ?? ""
        self.init(.failed, "\(what): \(error.reason) (\(error.path))\(remedy)")
    }
}

/// Does something with files, and says what it was for where it fails.
func attempting<Result>(
    orSaying failure: String,
    _ action: () throws(FileSystemError) -> Result
) throws(StoreError) -> Result {
    do throws(FileSystemError) {
        return try action()
    } catch {
        throw StoreError(failure, error)
    }
}
