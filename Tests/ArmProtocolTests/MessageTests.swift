import ArmProtocol
import JSONDocument
import Testing

struct MessageTests {
    private let save = ArmRequest.save(DocumentKey(application: "hodor"), .empty)

    @Test(arguments: [(MessagePadding.spaces, " "), (.nuls, "\0")])
    func theSampleDocumentIsWrittenAsTheSampleMessage(
        padding: MessagePadding,
        fill: String
    ) throws {
        let body = try RepositoryFile.sample("messages/save_user_data.request.compact.json")
        let document = try JSONValue(parsing: RepositoryFile.sample("documents/reports.json"))
        let request = ArmRequest.save(
            DocumentKey(application: "hodor"),
            .document(document, .json)
        )
        let message = try MessageForm(padding: padding).encode(request, sequence: 50)
        let header = "0100000007180050save_user_data" + String(repeating: fill, count: 18)
        #expect(text(message) == header + text(body))
        #expect(message.count == 718)
    }

    @Test(arguments: [0, 7, 9999])
    func theAnswerBearsTheNumberOfItsRequest(number: Int) throws {
        let request = try MessageForm().encode(save, sequence: number)
        #expect(text(Array(request[12..<16])) == digits(number, 4))
        #expect(MessageForm.sequence(of: message(sequence: number, body: "")) == number)
        // What bears a command's name is a request or an event: its number is another's.
        #expect(MessageForm.sequence(of: request) == nil)
    }

    @Test(arguments: [(MessageLength.bytes, 8), (.characters, 0)])
    func lengthsCountBytesUnlessToldOtherwise(length: MessageLength, more: Int) throws {
        let request = ArmRequest.read(DocumentKey(application: "оператор"))
        let written = try MessageForm(length: length).encode(request, sequence: 0)
        #expect(text(written).hasPrefix("01" + digits(text(written).count + more, 10)))

        let body = #"[{"_name":"out","_content":[{"_name":"error","_content":["оператор"]}]}]"#
        let answer = message(body: body)
        let bytes = try MessageForm().decode(answer, answering: request).response.get()
        guard case .error(let error) = bytes else {
            Issue.record("taken for \(bytes)")
            return
        }
        #expect(error.code == "оператор")
        #expect(throws: MessageError.self) {
            try MessageForm(length: .characters).decode(answer, answering: request)
        }
        let counted = Array(
            text(answer).replacing(digits(answer.count, 10), with: digits(text(answer).count, 10))
                .utf8
        )
        #expect(
            try MessageForm(length: .characters).decode(counted, answering: request).response
                == .success(bytes)
        )
    }

    @Test func whatXMLCannotHoldIsNotSentAsJSONEither() {
        let controls: JSONValue = ["_name": "user_data", "_content": ["\u{1}"]]
        for request in [
            ArmRequest.read(DocumentKey(application: "a\u{1}")),
            .save(DocumentKey(application: "a"), .document(controls, .nodes)),
            .save(
                DocumentKey(application: "a"),
                .foreign(ForeignContent(text: "x", reason: "no JSON"))
            ),
        ] {
            #expect(throws: MessageError.self) { try MessageForm().encode(request, sequence: 1) }
            #expect(throws: MessageError.self) { try XMLForm().encode(request) }
        }
    }

    @Test(arguments: ["", "a b", "1a", "a<", "a\u{0}", "-"])
    func aMappingThatIsNoXMLNameIsRefused(name: String) {
        let form = MessageForm(mapping: PayloadMapping(attribute: name))
        let key = DocumentKey(application: "a")
        #expect(throws: MessageError.self) {
            try form.encode(.save(key, .document([:], .json)), sequence: 1)
        }
    }

    @Test(arguments: ["compact", "pretty"])
    func theSampleAnswerIsRead(layout: String) throws {
        let body = try RepositoryFile.sample("messages/save_user_data.response.\(layout).json")
        let message = message(sequence: 50, body: text(body))
        if layout == "compact" { #expect(text(message).hasPrefix("0100000002210050200[{")) }
        let answer = try MessageForm().decode(message, answering: save)
        #expect(answer == MessageAnswer(status: 200, response: .success(.saved)))
        #expect(MessageForm.sequence(of: message) == 50)
    }
}

/// An answer as a server would send it, put together by hand.
func message(sequence: Int = 0, status: String = "200", body: String) -> [UInt8] {
    let length = 16 + status.utf8.count + body.utf8.count
    return Array(("01" + digits(length, 10) + digits(sequence, 4) + status + body).utf8)
}

/// A number in so many digits.
func digits(_ number: some CustomStringConvertible, _ count: Int) -> String {
    String(repeating: "0", count: count - number.description.count) + number.description
}
