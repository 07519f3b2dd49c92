import JSONDocument

extension Envelope {
    /// Reads `out` > `response` or `error`; an `error` may also be the root, or in `response`.
    func response(
        in root: XMLElement,
        to request: ArmRequest
    ) throws(MessageError) -> ArmResponse {
        switch root.localName {
        case "error": return .error(ServerError(root))
        case "out": break
        case let name where name.text.lowercased() == "html":
            throw MessageError(message: "an HTML page")
        default:
            throw MessageError(
                message: "XML whose root is \(XMLText.quoted(root.name)) instead of 'out'"
            )
        }
        // An error wins over whatever stands beside it: taking a refusal for a success loses data.
        if let error = root.elements(named: "error").first { return .error(ServerError(error)) }
        guard let response = try sole("response", in: root) else {
            throw MessageError(message: "an 'out' element with neither 'response' nor 'error'")
        }
        if let error = response.elements(named: "error").first {
            return .error(ServerError(error))
        }
        switch request {
        case .save: return try saved(response)
        case .read: return .userData(try userDataRead(response))
        }
    }

    private func saved(_ response: XMLElement) throws(MessageError) -> ArmResponse {
        guard response.elements(named: "ok").isEmpty else { return .saved }
        let isRead = !response.elements(named: "user_data").isEmpty
        throw MessageError(
            message: isRead
                ? "the answer to a read ('user_data') where a save was asked for"
                : "a 'response' without 'ok'"
        )
    }

    /// A `response` with nothing in it holds no user data. One that holds only something else does
    /// not say that there is none, and must not be taken for it.
    private func userDataRead(_ response: XMLElement) throws(MessageError) -> UserData {
        if let element = try sole("user_data", in: response) { return userData(in: element) }
        if !response.elements(named: "ok").isEmpty {
            throw MessageError(message: "the answer to a save ('ok') where a read was asked for")
        }
        if response.elements.isEmpty && !response.hasText { return .absent }
        throw MessageError(message: "a 'response' without 'user_data'")
    }

    private func sole(
        _ name: JSONString,
        in parent: XMLElement
    ) throws(MessageError) -> XMLElement? {
        let found = parent.elements(named: name)
        if found.count > 1 {
            throw MessageError(message: "\(found.count) '\(name.text)' elements where one may be")
        }
        return found.first
    }
}
