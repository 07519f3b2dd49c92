/// Why a text is no fault specification.
struct FaultProblem: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
