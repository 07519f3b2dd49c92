import JSONDocument

extension InputFile {
    /// The JSON text in a file, or in standard input for `-`.
    static func json(of path: String) throws(CommandError) -> JSONValue {
        let bytes = try contents(of: path)
        do { return try JSONValue(parsing: bytes) } catch {
            throw CommandError(
                .badInput,
                "\(name(of: path)) is not JSON: line \(error.line), column \(error.column): \(error.message)"
            )
        }
    }
}
