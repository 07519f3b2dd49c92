import ArmProtocol
import JSONDocument
import SeededRandom
import Testing

struct EscapingPropertyTests {
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func everyTextComesBackAsItWas(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let data = UserData.document(
                ["a": .string(JSONString(random.text())), .init(random.text()): [.null]],
                .json
            )
            #expect(try reread(data) == data, "seed \(seed)")
        }
    }

    /// Canonical XML has one way to write each document, so libxml2's can be compared as bytes.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func libxml2ReadsWhatWeWrite(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var content: [JSONValue] = []
        var expected = ""
        for _ in 0..<60 {
            let (attribute, words) = (random.text(), random.text())
            content.append([
                "_name": "n", "_attributes": ["a": .string(JSONString(attribute))],
                "_content": [.string(JSONString(words))],
            ])
            expected += "<n a=\"\(canonicalAttribute(attribute))\">\(canonicalText(words))</n>"
        }
        let application = random.text().filter { !$0.isNewline && $0 != "\t" && $0 != "\u{7F}" }
        let key = DocumentKey(application: "a" + application)
        let body = try XMLForm().encode(
            .save(key, .document(["_name": "user_data", "_content": .array(content)], .nodes))
        )
        let result = try XMLLint(["--c14n"], document: body)
        #expect(result.status == 0, "seed \(seed): \(result.complaints)")
        #expect(
            text(result.output)
                == "<in><request><save_user_data application_id="
                + "\"\(canonicalAttribute(key.application))\"><user_data>\(expected)</user_data>"
                + "</save_user_data></request></in>",
            "seed \(seed)"
        )
    }

    private func canonicalAttribute(_ text: String) -> String {
        escaped(
            text,
            [
                "&": "&amp;", "<": "&lt;", "\"": "&quot;", "\t": "&#x9;", "\n": "&#xA;",
                "\r": "&#xD;",
            ]
        )
    }

    private func canonicalText(_ text: String) -> String {
        escaped(text, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"])
    }

    private func escaped(_ text: String, _ references: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.map { references[$0] ?? String($0) }.joined()
    }
}
