import ArmProtocol
import Foundation
import JSONDocument
import SeededRandom
import Testing

/// One set of requests and answers, two encodings.
struct BothFormsTests {
    private static let requests = [
        ArmRequest.read(DocumentKey(application: "a")),
        .save(DocumentKey(application: "a"), .absent),
    ]

    /// Neither is read by our own code: the XML is made canonical by libxml2, the JSON is read by
    /// Foundation and written as the same canonical XML here.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func aRequestSaysTheSameInBoth(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let request = Self.request(&random)
        let xml = try? XMLForm().encode(request)
        let message = try? MessageForm().encode(request, sequence: 9999)
        #expect((xml == nil) == (message == nil), "seed \(seed)")
        guard let xml, let message else { return }
        #expect(
            text(Array(message[..<48]))
                == "01\(digits(message.count, 10))9999"
                + request.command.padding(toLength: 32, withPad: " ", startingAt: 0),
            "seed \(seed)"
        )
        let canonical = try XMLLint(["--c14n"], document: xml)
        #expect(canonical.status == 0, "seed \(seed): \(canonical.complaints)")
        let nodes = try JSONSerialization.jsonObject(with: Data(message[48...])) as? [Any]
        #expect(nodes?.count == 1, "seed \(seed)")
        #expect(text(canonical.output) == Self.canonical(nodes?.first), "seed \(seed)")
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func anAnswerMeansTheSameInBoth(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<50 {
            let tree = random.answer()
            let xml = Array(tree.xml(&random).utf8)
            let message = message(body: "[" + tree.json(&random) + "]")
            for request in Self.requests {
                let expected = Result { () throws(MessageError) in
                    try XMLForm().decode(xml, answering: request)
                }
                let answer = try MessageForm().decode(message, answering: request)
                #expect(
                    answer == MessageAnswer(status: 200, response: expected),
                    "seed \(seed), round \(round): \(text(xml))"
                )
            }
        }
    }

    private static func request(_ random: inout SeededGenerator) -> ArmRequest {
        let key = DocumentKey(
            application: "a" + random.text().filter { !$0.isNewline && $0 != "\t" },
            agent: random.oneIn(2) ? "1" + random.text(upTo: 2) : nil
        )
        switch random.below(6) {
        case 0: return .read(key)
        case 1: return .save(key, .absent)
        case 2: return .save(key, .empty)
        case 3: return .save(key, .document(random.tree(isPrefixed: false), .nodes))
        default:
            let value: JSONValue = [
                "text": .string(JSONString(random.text())), .init(random.text()): [1, .null],
            ]
            return .save(key, .document(value, .json))
        }
    }

    private static func canonical(_ node: Any?) -> String {
        if let words = node as? String {
            return escaped(words, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"])
        }
        guard let node = node as? [String: Any], let name = node["_name"] as? String else {
            return "no node"
        }
        let attributes = (node["_attributes"] as? [String: String] ?? [:])
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { name, value in
                let references: [Unicode.Scalar: String] = [
                    "&": "&amp;", "<": "&lt;", "\"": "&quot;", "\t": "&#x9;", "\n": "&#xA;",
                    "\r": "&#xD;",
                ]
                return " \(name)=\"\(escaped(value, references))\""
            }
        let content = (node["_content"] as? [Any] ?? []).map { canonical($0) }
        return "<\(name)\(attributes.joined())>\(content.joined())</\(name)>"
    }

    private static func escaped(
        _ text: String,
        _ references: [Unicode.Scalar: String]
    ) -> String {
        text.unicodeScalars.map { references[$0] ?? String($0) }.joined()
    }
}
