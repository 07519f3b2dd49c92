import ArmSync
import JSONDocument

/// Where edits are made: a member of the document, or `v` of an element of its list `l`.
enum Spot: Hashable, Sendable, CaseIterable {
    case a, b, c, one, two, three

    var tokens: [JSONString] {
        switch self {
        case .a: ["a"]
        case .b: ["b"]
        case .c: ["c"]
        case .one: ["l", "{id=1}", "v"]
        case .two: ["l", "{id=2}", "v"]
        case .three: ["l", "{id=3}", "v"]
        }
    }

    /// The element's identity, where it is in the list.
    fileprivate var identity: JSONValue? {
        switch self {
        case .a, .b, .c: nil
        case .one: 1
        case .two: 2
        case .three: 3
        }
    }

    func isInside(_ conflict: MergeConflict) -> Bool {
        tokens.starts(with: conflict.name.tokens)
    }
}

extension JSONValue {
    /// What a document is before anybody has edited it.
    static let untouched: JSONValue = ["k": 0, "a": 0, "b": 0, "l": [["id": 1, "v": 0]]]

    /// The value at a spot; nil where there is none.
    subscript(spot: Spot) -> JSONValue? {
        guard let identity = spot.identity else { return self[spot.tokens[0]] }
        return self["l"]?.array?.first { $0["id"] == identity }?["v"]
    }

    /// The document with another value at a spot, or none.
    func setting(_ spot: Spot, to value: JSONValue?) -> JSONValue {
        guard case .object(var object) = self else { return self }
        guard let identity = spot.identity else {
            object[spot.tokens[0]] = value
            return .object(object)
        }
        var elements = self["l"]?.array ?? []
        let element = value.map { ["id": identity, "v": $0] as JSONValue }
        if let index = elements.firstIndex(where: { $0["id"] == identity }) {
            elements.replaceSubrange(index...index, with: element.map { [$0] } ?? [])
        } else if let element {
            elements.append(element)
        }
        object["l"] = .array(elements)
        return .object(object)
    }
}
