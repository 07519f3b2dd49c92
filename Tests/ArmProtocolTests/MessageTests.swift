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
func digits(_ number: Int, _ count: Int) -> String {
    String(repeating: "0", count: count - String(number).count) + String(number)
}
