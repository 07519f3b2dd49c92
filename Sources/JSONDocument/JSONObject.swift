/// The members of a JSON object in their order, with unique names.
public struct JSONObject: Hashable, Sendable {
    private var names: [JSONString] = []
    private var values: [JSONValue] = []

    /// An object without members.
    public init() {}

    /// The value of that name. Setting a new name appends it, setting nil removes it, setting
    /// another value keeps the place.
    public subscript(name: JSONString) -> JSONValue? {
        get { names.firstIndex(of: name).map { values[$0] } }
        set {
            switch (names.firstIndex(of: name), newValue) {
            case (let index?, let value?): values[index] = value
            case (let index?, nil):
                names.remove(at: index)
                values.remove(at: index)
            case (nil, let value?):
                names.append(name)
                values.append(value)
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: RandomAccessCollection {
    /// A name and its value.
    public typealias Element = (name: JSONString, value: JSONValue)
    /// The first position.
    public var startIndex: Int { 0 }
    /// The position past the last.
    public var endIndex: Int { names.count }
    /// The member at that position.
    public subscript(position: Int) -> Element { (names[position], values[position]) }
}
