/// Something promised that did not hold for an input.
struct BrokenLaw: Error, CustomStringConvertible {
    /// The promise, as a sentence.
    var law: String
    /// What was there instead, where that helps.
    var detail: String

    var description: String { detail.isEmpty ? "broken: \(law)" : "broken: \(law) (\(detail))" }
}

/// Throws unless a promise holds.
func expect(
    _ holds: Bool,
    _ law: @autoclosure () -> String,
    _ detail: @autoclosure () -> String = ""
) throws(BrokenLaw) {
    if !holds { throw BrokenLaw(law: law(), detail: detail()) }
}

/// What an action that must not fail gives.
func succeed<Result, Failure: Error>(
    _ law: @autoclosure () -> String,
    _ action: () throws(Failure) -> Result
) throws(BrokenLaw) -> Result {
    do {
        return try action()
    } catch {
        throw BrokenLaw(law: law(), detail: "\(error)")
    }
}
