/// Why a text is no pointer, or why a pointer leads nowhere.
public struct JSONPointerError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String
}

extension JSONPointerError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}

extension JSONPointerError {
    /// There is no member of that name in the object at a place.
    static func noMember(_ name: JSONString, at place: ArraySlice<JSONString>) -> JSONPointerError {
        JSONPointerError(message: "there is no member \(name.quoted) \(at(place))")
    }

    /// A token leads into a value that holds nothing.
    static func notContainer(
        _ value: JSONValue,
        _ token: JSONString,
        at place: ArraySlice<JSONString>
    ) -> JSONPointerError {
        JSONPointerError(
            message: "\(name(place)) is \(value.kind), so there is no \(token.quoted) in it"
        )
    }

    /// A token is no index of the array at a place.
    static func notIndex(_ token: JSONString, at place: ArraySlice<JSONString>) -> JSONPointerError
    {
        JSONPointerError(
            message: "\(name(place)) is an array, and \(token.quoted) is no index of one: "
                + "0, 1, 2 and so on, without leading zeros"
        )
    }

    /// `-` stands where an element must be there already.
    static func pastEnd(at place: ArraySlice<JSONString>) -> JSONPointerError {
        JSONPointerError(
            message: "\"-\" is the place past the end of \(name(place)), where no element is"
        )
    }

    /// An index is too large.
    static func noElement(
        _ token: JSONString,
        of count: Int,
        at place: ArraySlice<JSONString>
    ) -> JSONPointerError {
        let index = token.text.count > 20 ? "\(token.text.prefix(20))…" : token.text
        let elements = count == 1 ? "1 element" : "\(count) elements"
        return JSONPointerError(
            message: "index \(index) is past the end of \(name(place)), which has \(elements)"
        )
    }

    /// The whole document cannot be removed, because nothing is no document.
    static let removesDocument = JSONPointerError(
        message: "the whole document cannot be removed, only replaced"
    )

    /// An edit would nest values deeper than a text may.
    static let tooDeep = JSONPointerError(
        message: "arrays and objects would lie more than \(JSONValue.depthLimit) deep"
    )

    private static func at(_ place: ArraySlice<JSONString>) -> String {
        place.isEmpty ? "at the top of the document" : "at \(JSONPointer(tokens: Array(place)))"
    }

    private static func name(_ place: ArraySlice<JSONString>) -> String {
        place.isEmpty ? "the document" : "\(JSONPointer(tokens: Array(place)))"
    }
}
