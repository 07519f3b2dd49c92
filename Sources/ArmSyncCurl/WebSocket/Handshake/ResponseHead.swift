/// The status and the fields of an HTTP/1 response.
struct ResponseHead {
    let status: Int
    /// Names in lower case.
    private let fields: [(name: String, value: String)]

    /// - Parameter bytes: the head without the empty line at its end.
    /// - Returns: nil where that is no such head.
    init?(_ bytes: ArraySlice<UInt8>) {
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let words = lines.first?.split(separator: " ", maxSplits: 2), words.count >= 2,
            words[1].utf8.count == 3, let status = Int(words[1]), status >= 100
        else { return nil }
        var fields: [(String, String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let value = line[line.index(after: colon)...]
            fields.append((line[..<colon].lowercased(), Self.trimmed(value)))
        }
        self.status = status
        self.fields = fields
    }

    /// What a field says, each time it stands there.
    func values(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The parts of a field that is a list, in lower case.
    func tokens(_ name: String) -> [String] {
        values(name).flatMap { $0.split(separator: ",") }.map { Self.trimmed($0).lowercased() }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isBlank)
        let blanks = start.reversed().prefix(while: isBlank).count
        return String(start.dropLast(blanks))
    }
}
