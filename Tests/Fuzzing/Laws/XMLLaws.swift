import ArmProtocol
import JSONDocument

/// Whatever a server answers over HTTP is an answer or an error, and what was read can be saved.
///
/// The first byte says what was asked: a read, where it is even.
enum XMLLaws {
    static let key = DocumentKey(application: "hodor", agent: "102")

    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let (head, body) = FuzzInput.headed(bytes)
        let response: ArmResponse
        do {
            response = try XMLForm().decode(body, answering: request(head))
        } catch {
            try checkWords(error)
            return
        }
        try checkResponse(response, to: head)
        let again = try? XMLForm().decode(body, answering: request(head))
        try expect(again == response, "the same body says the same")
    }

    static func request(_ head: UInt8) -> ArmRequest {
        head & 1 == 0 ? .read(key) : .save(key, .empty)
    }

    static func checkWords(_ error: MessageError) throws(BrokenLaw) {
        try expect(
            !error.message.isEmpty && error.message.utf8.count < 2000,
            "an error says in a few words what is wrong",
            error.message
        )
    }

    static func checkResponse(_ response: ArmResponse, to head: UInt8) throws(BrokenLaw) {
        switch response {
        case .saved: try expect(head & 1 == 1, "only a save is answered by being saved")
        case .userData(let data):
            try expect(head & 1 == 0, "only a read is answered with user data")
            try checkReturn(of: data)
        case .error(let error):
            try expect(
                1...256 ~= error.code.utf8.count && 1...4096 ~= error.element.utf8.count,
                "what is kept of a server's error is bounded",
                "\(error.code.utf8.count), \(error.element.utf8.count)"
            )
            try expect(
                error.code.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
                "an error's code has nothing that a terminal obeys",
                error.code
            )
        }
    }

    /// What was read can be sent in both encodings, and comes back literal for literal.
    private static func checkReturn(of data: UserData) throws(BrokenLaw) {
        if case .foreign(let content) = data {
            try expect(!content.reason.isEmpty, "foreign content says why it is foreign")
            return
        }
        let request = ArmRequest.save(key, data)
        let xml = try succeed("what was read can be saved over HTTP") {
            try XMLForm().encode(request)
        }
        let fromXML = try succeed("what was saved can be read over HTTP") {
            try XMLForm().decode(ServerEcho.response(toXML: xml), answering: .read(key))
        }
        try expect(same(fromXML, data), "what was saved over HTTP is read back", "\(fromXML)")
        let message = try succeed("what was read can be saved over a WebSocket") {
            try MessageForm().encode(request, sequence: 7)
        }
        let answer = try succeed("what was saved can be read over a WebSocket") {
            try MessageForm().decode(
                ServerEcho.response(toMessage: message),
                answering: .read(key)
            )
        }
        let response = try? answer.response.get()
        try expect(
            response.map { same($0, data) } ?? false,
            "what was saved over a WebSocket is read back",
            "\(answer)"
        )
    }

    private static func same(_ response: ArmResponse, _ data: UserData) -> Bool {
        guard case .userData(let found) = response else { return false }
        if case .document(let one, let form) = found, case .document(let other, form) = data {
            return one.isIdentical(to: other)
        }
        return found == data
    }
}
