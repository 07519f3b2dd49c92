import Glibc
import Testing

/// Polls a condition until it holds; a failure of the test where it does not in time.
func eventually(
    within limit: Duration = .seconds(60),
    _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) throws {
    let limit = limit * Sanitizing.slowness
    let deadline = ContinuousClock.now + limit
    while try !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("not in \(limit): \(what)", sourceLocation: sourceLocation)
            return
        }
        usleep(5_000)
    }
}
