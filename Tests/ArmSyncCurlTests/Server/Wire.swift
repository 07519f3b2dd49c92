/// Answers a test's server gives.
enum Wire {
    static let savedBody = "<out><response><ok/></response></out>"
    static let saved = answer(body: savedBody)
    static let empty = answer(body: "<out><response><user_data/></response></out>")

    static func answer(
        _ status: String = "200 OK",
        fields: [String] = [],
        body: String = ""
    ) -> [UInt8] {
        answer(status, fields: fields, bytes: Array(body.utf8))
    }

    static func answer(
        _ status: String = "200 OK",
        fields: [String] = [],
        bytes: [UInt8]
    ) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(bytes.count)"] + fields
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + bytes
    }

    static func chunked(_ chunks: [String], finished: Bool = true) -> [UInt8] {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let parts = chunks.map { String($0.utf8.count, radix: 16) + "\r\n\($0)\r\n" }
        return Array((head + parts.joined() + (finished ? "0\r\n\r\n" : "")).utf8)
    }
}
