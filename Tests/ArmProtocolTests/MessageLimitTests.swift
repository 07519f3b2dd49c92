import ArmProtocol
import JSONDocument
import Testing

struct MessageLimitTests {
    private static let read = ArmRequest.read(DocumentKey(application: "a"))

    /// Backslashes, quotes and escapes double when a string stands within a string: no document that
    /// is accepted can outgrow a message.
    @Test(arguments: [#"\"\\"#, "я"])
    func theLargestDocumentIsSentWhateverItIsMadeOf(unit: String) throws {
        let count = (DocumentLimits.json - 4) / unit.utf8.count
        let json = "[\"" + String(repeating: unit, count: count) + "\"]"
        let document = try JSONValue(parsing: json)
        #expect(try PayloadMapping().validate(document, as: .json) == json.utf8.count)
        let message = try MessageForm().encode(
            .save(DocumentKey(application: "a"), .document(document, .json)),
            sequence: 0
        )
        #expect(message.count <= 2 * DocumentLimits.json + 1024)
        // Escaped as little as can be, a character that stands for itself stays as it is.
        if unit == "я" { #expect(message.count < DocumentLimits.json + 1024) }
    }

    /// Many programs write `<` as `\u003c`, and some all that is not ASCII.
    @Test(arguments: [("<", 6), ("😀", 12)])
    func theLargestDocumentThatFitsIsReadBackInItsWorstForm(unit: String, size: Int) throws {
        let room = DocumentLimits.responseBody - DocumentLimits.envelope
        let count = min((room - 8) / size, (DocumentLimits.json - 4) / unit.utf8.count)
        let json = "[\"" + String(repeating: unit, count: count) + "\"]"
        #expect(DocumentLimits.excess(of: Array(json.utf8)) == nil)
        let escape = unit.utf16.map { "\\u" + digits(String($0, radix: 16), 4) }.joined()
        let body =
            #"[{"_name":"out","_content":[{"_name":"response","_content":[{"_name":"user_data","#
            + #""_content":[{"_name":"user_data","_attributes":{"user_data":"[\""#
            + String(repeating: escape, count: count) + #"\"]"}}]}]}]}]"#
        let answer = try MessageForm().decode(message(body: body), answering: Self.read)
        let document = try JSONValue(parsing: json)
        #expect(answer.response == .success(.userData(.document(document, .json))))
    }

    @Test(arguments: ["<", ">", "&", "=", "'"])
    func whatAServerCouldMakeUnreadableIsNotAccepted(unit: String) {
        let most = [UInt8](repeating: Array(unit.utf8)[0], count: DocumentLimits.certain)
        #expect(DocumentLimits.excess(of: most) == nil)
        #expect(DocumentLimits.excess(of: most + most.prefix(6))?.contains("can be read") == true)
    }

    @Test(arguments: [64, 65])
    func sixtyFourLevelsAreReadInEither(levels: Int) throws {
        let xml =
            String(repeating: "<a>", count: levels - 1)
            + String(repeating: "</a>", count: levels - 1)
        let json =
            String(repeating: #"{"_name":"a","_content":["#, count: levels - 1)
            + String(repeating: "]}", count: levels - 1)
        try expectReading(xml: xml, json: "," + json, succeeds: levels == 64)
    }

    @Test(arguments: [256, 257])
    func twoHundredAndFiftySixAttributesAreReadInEither(count: Int) throws {
        let names = (0..<count).map { "a\($0)" }
        let xml = "<a " + names.map { "\($0)=''" }.joined(separator: " ") + "/>"
        let attributes = names.map { "\"\($0)\":\"\"" }.joined(separator: ",")
        let json = #",{"_name":"a","_attributes":{"# + attributes + "}}"
        try expectReading(xml: xml, json: json, succeeds: count == 256)
    }

    /// Two more are the envelope's.
    @Test(arguments: [524_286, 524_287])
    func asManyNodesAreReadInEither(count: Int) throws {
        try expectReading(
            xml: String(repeating: "<a/>", count: count),
            json: String(repeating: #",{"_name":"a"}"#, count: count),
            succeeds: count == 524_286
        )
    }

    @Test func moreValuesThanNodesNeedAreNotEvenParsed() throws {
        let values = String(repeating: "[],", count: 5_000_000)
        let answer = try MessageForm().decode(
            message(body: "[" + values + #""[{,"]"#),
            answering: Self.read
        )
        guard case .failure(let error) = answer.response else {
            Issue.record("taken for an answer")
            return
        }
        #expect(error.message.contains("more values than"))
    }

    /// What stands in a string is text, however much it looks like values.
    @Test func bracketsInAStringAreNoValues() throws {
        let text = String(repeating: #"[{,\"\\"#, count: 1 << 20)
        let body =
            #"[{"_name":"out","_content":[{"_name":"response"}],"_attributes":{"a":""# + text
            + #""}}]"#
        let answer = try MessageForm().decode(message(body: body), answering: Self.read)
        #expect(answer.response == .success(.userData(.absent)))
    }

    private func expectReading(xml: String, json: String, succeeds: Bool) throws {
        let xml = Array(("<out><response/>" + xml + "</out>").utf8)
        let json = #"[{"_name":"out","_content":[{"_name":"response"}"# + json + "]}]"
        let answer = try MessageForm().decode(message(body: json), answering: Self.read)
        let isRead = (try? XMLForm().decode(xml, answering: Self.read)) != nil
        #expect(isRead == succeeds)
        #expect((try? answer.response.get()) == (succeeds ? .userData(.absent) : nil))
    }
}
