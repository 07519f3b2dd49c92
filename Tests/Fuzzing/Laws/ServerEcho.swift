import JSONDocument

/// What a server that keeps what it is given answers to a read after that save.
enum ServerEcho {
    static func response(toXML request: [UInt8]) -> [UInt8] {
        let text = request[...]
        let end = text.lastRange(of: "</save_user_data>") ?? text.endIndex..<text.endIndex
        let start = text.firstRange(of: Array("<user_data".utf8))?.lowerBound ?? end.lowerBound
        let kept = start < end.lowerBound ? Array(text[start..<end.lowerBound]) : []
        return Array("<out><response>".utf8) + kept + Array("</response></out>".utf8)
    }

    static func response(toMessage request: [UInt8]) -> [UInt8] {
        let body = try? JSONValue(parsing: Array(request.dropFirst(48)))
        let command = body?.array?.first?["_content"]?.array?.first?["_content"]?.array?.first
        var response = JSONObject()
        response["_name"] = "response"
        response["_content"] = command?["_content"]
        let out: JSONValue = [["_name": "out", "_content": [.object(response)]]]
        return message("200", out.serialized())
    }

    /// A message whose header is sound.
    static func message(_ status: String, _ body: [UInt8]) -> [UInt8] {
        let length = String(19 + body.count)
        let padding = String(repeating: "0", count: max(0, 10 - length.utf8.count))
        return Array("01\(padding)\(length)0007\(status)".utf8) + body
    }
}

extension ArraySlice<UInt8> {
    fileprivate func lastRange(of text: String) -> Range<Int>? {
        let bytes = Array(text.utf8)
        return indices.last { self[$0...].starts(with: bytes) }.map { $0..<$0 + bytes.count }
    }
}
