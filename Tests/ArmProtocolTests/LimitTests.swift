import ArmProtocol
import JSONDocument
import Testing

struct LimitTests {
    @Test func fourMebibytesOfOrdinaryTextFit() {
        #expect(DocumentLimits.excess(of: bytes("й", count: DocumentLimits.json / 2)) == nil)
        let over = bytes("a", count: DocumentLimits.json + 1)
        #expect(DocumentLimits.excess(of: over)?.contains("4194305 bytes of compact JSON") == true)
    }

    @Test func emptyStringsAreRefusedBeforeAServerMakesThemUnreadable() {
        #expect(DocumentLimits.excess(of: bytes(#""","#, count: 1_000_000)) == nil)
        let excess = DocumentLimits.excess(of: bytes(#""","#, count: 1_390_000))
        #expect(excess?.contains("18070000 bytes once a server has escaped it") == true)
    }

    /// The wordiest server: attributes in double quotes, everything as references.
    @Test func theLargestDocumentThatFitsIsReadBackInItsWorstForm() throws {
        let room = DocumentLimits.responseBody - DocumentLimits.envelope
        let count = (room - 12 - 2) / 13
        let list = "[" + String(repeating: #""","#, count: count) + #"""]"#
        #expect(DocumentLimits.excess(of: Array(list.utf8)) == nil)
        let body =
            "<out><response><user_data><user_data user_data=\""
            + list.replacing("\"", with: "&quot;") + "\"/></user_data></response></out>"
        let answer = try XMLForm()
            .decode(Array(body.utf8), answering: .read(DocumentKey(application: "a")))
        #expect(answer == .userData(.document(try JSONValue(parsing: list), .json)))
    }

    @Test func theDeepestDocumentWeSendIsTheDeepestWeRead() throws {
        var document: JSONValue = []
        for _ in 1..<JSONValue.depthLimit { document = [document] }
        #expect(try reread(.document(document, .json)) == .document(document, .json))
        #expect(throws: MessageError.self) { try PayloadMapping().validate([document], as: .json) }
    }

    @Test func aDocumentOverTheLimitIsNeitherSentNorTakenOver() throws {
        let long = String(repeating: "a", count: DocumentLimits.json)
        #expect(throws: MessageError.self) {
            try PayloadMapping().validate(.string(JSONString(long)), as: .json)
        }
        #expect(throws: MessageError.self) {
            try PayloadMapping().validate(
                ["_name": "user_data", "_content": [.string(.init(long))]],
                as: .nodes
            )
        }
        for inside in ["<user_data user_data='\"\(long)\"'/>", "<a>\(long)</a>"] {
            let body = "<out><response><user_data>\(inside)</user_data></response></out>"
            let answer = try XMLForm()
                .decode(Array(body.utf8), answering: .read(DocumentKey(application: "a")))
            guard case .userData(.foreign(let content)) = answer else {
                Issue.record("taken for a document")
                continue
            }
            #expect(content.reason.contains("over the limit of 4194304"))
        }
    }

    /// A bound may be as far above the size as it likes; it never decides where it is not certain.
    @Test(arguments: [
        ("\"", DocumentLimits.certain, 0), ("\"", DocumentLimits.certain + 2, 0),
        ("a", DocumentLimits.json, 1 << 20), ("a", DocumentLimits.json + 1, 0),
    ])
    func aBoundDecidesNothingThatMeasuringWouldDecideOtherwise(
        unit: String,
        size: Int,
        slack: Int
    ) {
        let text = String(repeating: unit, count: (size - 2) / (unit == "\"" ? 2 : 1))
        let document = JSONValue.string(JSONString(text))
        let isMeasuredFit = (try? PayloadMapping().validate(document, as: .json)) != nil
        let isFit =
            (try? PayloadMapping().validate(document, as: .json, sizeBound: size + slack)) != nil
        #expect(isFit == isMeasuredFit)
    }

    @Test func aBoundDoesNotExcuseNamesThatXMLCannotHold() {
        let mapping = PayloadMapping(element: "a b")
        #expect(throws: MessageError.self) { try mapping.validate([:], as: .json, sizeBound: 2) }
    }

    private func bytes(_ text: String, count: Int) -> [UInt8] {
        Array(String(repeating: text, count: count).utf8)
    }
}
