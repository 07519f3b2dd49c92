import SeededRandom

/// An answer as a tree, with writers of its own for both encodings: what the forms read is compared
/// with nothing that they wrote.
struct SampleTree {
    enum Piece {
        case tree(SampleTree)
        case text(String)
    }

    var name: String
    var attributes: [(name: String, value: String)] = []
    var content: [Piece] = []

    /// The tree in XML, as some server may write it: any quotes, any references.
    func xml(_ random: inout SeededGenerator) -> String {
        var text = "<" + name
        for attribute in attributes {
            let quote = random.pick("'", "\"")
            text += " \(attribute.name)=\(quote)"
            text += Self.references(attribute.value, &random) + quote
        }
        if content.isEmpty, random.oneIn(2) { return text + "/>" }
        text += ">"
        for piece in content {
            switch piece {
            case .tree(let tree): text += tree.xml(&random)
            case .text(let words): text += Self.references(words, &random)
            }
        }
        return text + "</\(name)>"
    }

    /// The tree in JSON, as some server may write it: any order, any escapes, white space anywhere.
    func json(_ random: inout SeededGenerator) -> String {
        var members = ["\"_name\"" + colon(&random) + Self.string(name, &random)]
        if !attributes.isEmpty || random.oneIn(5) {
            let pairs = attributes.map {
                Self.string($0.name, &random) + colon(&random) + Self.string($0.value, &random)
            }
            members.append("\"_attributes\"" + colon(&random) + list("{", pairs, "}", &random))
        }
        if !content.isEmpty || random.oneIn(5) {
            let pieces = content.map { piece in
                switch piece {
                case .tree(let tree): tree.json(&random)
                case .text(let words): Self.string(words, &random)
                }
            }
            members.append("\"_content\"" + colon(&random) + list("[", pieces, "]", &random))
        }
        return list("{", members.shuffled(using: &random), "}", &random)
    }

    private func colon(_ random: inout SeededGenerator) -> String { space(&random) + ":" }

    private func list(
        _ opening: String,
        _ pieces: [String],
        _ closing: String,
        _ random: inout SeededGenerator
    ) -> String {
        opening + space(&random) + pieces.joined(separator: "," + space(&random)) + closing
    }

    private func space(_ random: inout SeededGenerator) -> String {
        random.pick("", "", "", " ", "\n  ")
    }

    private static func references(_ text: String, _ random: inout SeededGenerator) -> String {
        text.unicodeScalars.map { scalar in
            let isPlain = scalar.properties.isAlphabetic || scalar == " "
            if isPlain, !random.oneIn(8) { return String(scalar) }
            return "&#\(scalar.value);"
        }.joined()
    }

    private static func string(_ text: String, _ random: inout SeededGenerator) -> String {
        let characters = text.unicodeScalars.map { scalar -> String in
            let isPlain = scalar.properties.isAlphabetic || scalar == " " || scalar == "/"
            if isPlain, !random.oneIn(8) { return String(scalar) }
            return String(scalar).utf16.map { unit in
                let digits = String(unit, radix: 16, uppercase: random.oneIn(2))
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }
        return "\"" + characters.joined() + "\""
    }
}

extension SeededGenerator {
    /// An answer to a read or a save, or something like one.
    mutating func answer() -> SampleTree {
        let root = pick("out", "out", "out", "out", "x:out", "error", "in", "html")
        var answer = SampleTree(name: root, attributes: noise())
        for _ in 0..<below(3) {
            answer.content.append(.tree(response()))
        }
        return answer
    }

    private mutating func response() -> SampleTree {
        let name = pick("response", "response", "response", "response", "x:response", "error")
        var response = SampleTree(name: name, attributes: noise())
        for _ in 0..<below(3) {
            let name = pick("ok", "ok", "user_data", "user_data", "x:user_data", "error", "code")
            var inside = leaf(name, depth: 3)
            if name.hasSuffix("user_data"), oneIn(2) {
                let json = pick("{}", "{\"a\":[1.0,\"\\u0000\"]}", "{", text(), "\"/\"")
                inside = SampleTree(name: name)
                inside.content = [
                    .tree(SampleTree(name: "user_data", attributes: [("user_data", json)]))
                ]
            }
            response.content.append(.tree(inside))
            if oneIn(4) { response.content.append(.text(text())) }
        }
        return response
    }

    private mutating func leaf(_ name: String, depth: Int) -> SampleTree {
        var tree = SampleTree(name: name, attributes: noise())
        for _ in 0..<below(3) where depth > 0 {
            tree.content.append(
                oneIn(2)
                    ? .text(text()) : .tree(leaf(pick("a", "отчёт", "x:y"), depth: depth - 1))
            )
        }
        return tree
    }

    private mutating func noise() -> [(name: String, value: String)] {
        ["code", "xmlns:x", "é", "name"].filter { _ in oneIn(5) }
            .map { ($0, text(upTo: 5)) }
    }
}
