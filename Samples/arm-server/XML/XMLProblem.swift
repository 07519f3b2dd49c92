/// Why bytes are no XML that this server takes.
struct XMLProblem: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
