import ArmProtocol
import JSONDocument

/// Reads the members of an object that we once wrote, and says which one is not as we write it.
struct Fields {
    let object: JSONObject

    init(_ value: JSONValue?, of what: String) throws(FoldError) {
        guard let object = value?.object else {
            throw FoldError(message: "\(what) is not an object")
        }
        self.object = object
    }

    func required<Value>(
        _ name: JSONString,
        _ read: (JSONValue) -> Value?
    ) throws(FoldError) -> Value {
        guard let value = try optional(name, read) else {
            throw FoldError(message: "\"\(name.text)\" is missing")
        }
        return value
    }

    /// Nil only where there is no such member.
    func optional<Value>(
        _ name: JSONString,
        _ read: (JSONValue) -> Value?
    ) throws(FoldError) -> Value? {
        guard let member = object[name] else { return nil }
        guard let value = read(member) else {
            throw FoldError(message: "\"\(name.text)\" is not as expected")
        }
        return value
    }

    func text(_ name: JSONString) throws(FoldError) -> String { try required(name, \.text) }
    func int(_ name: JSONString) throws(FoldError) -> Int { try required(name, \.int) }
    /// How many of something of which there is at least one.
    func count(_ name: JSONString) throws(FoldError) -> Int {
        try required(name) { value in value.int.flatMap { $0 > 0 ? $0 : nil } }
    }
    func time(_ name: JSONString) throws(FoldError) -> Timestamp {
        try required(name, \.timestamp)
    }
}

extension JSONValue {
    /// The moment, where this is a string that names one.
    var timestamp: Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }

    /// The texts, where this is an array of nothing else.
    var texts: [String]? {
        guard let elements = array else { return nil }
        let texts = elements.compactMap(\.text)
        return texts.count == elements.count ? texts : nil
    }

    /// How many bytes, where this is such a number.
    var size: Int? { int.flatMap { $0 < 0 ? nil : $0 } }

    /// The form, where this is a string that names one.
    var form: PayloadForm? { text.flatMap(PayloadForm.init(rawValue:)) }

    init(_ time: Timestamp) { self = .string(JSONString(time.rfc3339)) }
    init(_ text: String) { self = .string(JSONString(text)) }
}
