import JSONDocument

/// Which pointer somebody may have meant who wrote a place in another notation, or a name amiss.
enum LikelyPointer {
    /// Objects of more members are not searched for a similar name.
    static let memberLimit = 1_000

    /// The place in the document with a similar name for each that is not there; nil where there is
    /// none.
    static func likely(for pointer: JSONPointer, in document: JSONValue) -> JSONPointer? {
        var (value, tokens) = (document, pointer.tokens)
        for index in tokens.indices {
            if let object = value.object, object[tokens[index]] == nil {
                let typed = tokens[index].text.lowercased()
                // Of a letter or two nearly every other name is a slip.
                guard typed.count > 2, object.count <= memberLimit else { return nil }
                let near = object.first {
                    Slips.areFew(between: $0.name.text.lowercased(), and: typed)
                }
                guard let near else { return nil }
                tokens[index] = near.name
            }
            let place = JSONPointer(tokens: [tokens[index]])
            guard let next = try? value.value(at: place) else { return nil }
            value = next
        }
        return tokens == pointer.tokens ? nil : JSONPointer(tokens: tokens)
    }

    /// `/a/b` for `a/b`, `#/a/b`, `a.b`, `.a.b`, `$.a.b`, and `/a/0` for `a[0]` or `$['a'][0]`; nil
    /// where the text suggests none.
    static func likely(for text: String) -> String? {
        if text.hasPrefix("/") { return nil }
        if text.hasPrefix("#") {
            let rest = text.dropFirst()
            let pointer = rest.hasPrefix("/") ? String(rest) : "/" + rest
            return usable(pointer)
        }
        let isPath = text.contains("/")
        if isPath && !text.hasPrefix("$") { return usable("/" + text) }
        guard let names = names(in: text.hasPrefix("$") ? text.dropFirst() : text[...]) else {
            return usable("/" + text)
        }
        return JSONPointer(tokens: names.map { JSONString($0) }).text
    }

    private static func usable(_ pointer: String) -> String? {
        (try? JSONPointer(parsing: pointer)).map(\.text)
    }

    /// The names of `.a.b[0]['c']`; nil where it is not written like that.
    private static func names(in text: Substring) -> [String]? {
        var names: [String] = []
        var rest = text
        while let first = rest.first {
            if first == "[" {
                guard let end = rest.firstIndex(of: "]") else { return nil }
                var name = rest[rest.index(after: rest.startIndex)..<end]
                for quote in ["'", "\""] where name.count > 1 && name.hasPrefix(quote) {
                    guard name.hasSuffix(quote) else { return nil }
                    name = name.dropFirst().dropLast()
                }
                names.append(String(name))
                rest = rest[rest.index(after: end)...]
            } else {
                if first == "." { rest = rest.dropFirst() }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                if name.isEmpty { return nil }
                names.append(String(name))
                rest = rest[name.endIndex...]
            }
        }
        return names.isEmpty ? nil : names
    }
}
