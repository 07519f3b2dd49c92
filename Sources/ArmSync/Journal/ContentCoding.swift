import ArmProtocol
import JSONDocument

/// Writes the contents of one snapshot, each that repeats an earlier one as a reference to it.
struct ContentWriter {
    private var written: [(name: String, content: Content)] = []

    mutating func json(_ content: Content, as name: String) -> JSONValue {
        if let same = written.first(where: { $0.content.isIdentical(to: content) }) {
            return ["same_as": JSONValue(same.name)]
        }
        written.append((name, content))
        var object = JSONObject()
        object["form"] = content.form == .json ? nil : JSONValue(content.form.rawValue)
        object["value"] = content.value
        return .object(object)
    }
}

/// Reads what `ContentWriter` wrote, in the same order.
struct ContentReader {
    private var read: [String: Content] = [:]

    mutating func content(_ json: JSONValue?, as name: String) throws(FoldError) -> Content {
        let fields = try Fields(json, of: "\"\(name)\"")
        if let earlier = try fields.optional("same_as", \.text) {
            guard let content = read[earlier] else {
                throw FoldError(message: "\"\(name)\" refers to \"\(earlier)\", which is not there")
            }
            return content
        }
        let content = Content(
            value: try fields.required("value") { $0 },
            form: try fields.optional("form", \.form) ?? .json
        )
        read[name] = content
        return content
    }
}
