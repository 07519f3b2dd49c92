import ArmProtocol
import JSONDocument
import SeededRandom
import Testing

struct NodeTreeTests {
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func aTreeComesBackAsItWas(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let tree = random.tree()
        do {
            #expect(
                try reread(.document(tree, .nodes)) == .document(tree, .nodes),
                "seed \(seed): \(tree.text())"
            )
        } catch let error as MessageError {
            let mayBeRefused =
                error.message.contains("could not be told from empty")
                || error.message.contains("would be read back as JSON")
            #expect(mayBeRefused, "seed \(seed): \(error.message)")
        }
    }

    @Test func whatSaysNothingIsLeftOutAndTextsAreJoined() throws {
        let tree: JSONValue = [
            "_name": "user_data", "_attributes": [:],
            "_content": ["a", "", "b", ["_name": "c", "_content": []], ""],
        ]
        #expect(
            try reread(.document(tree, .nodes))
                == .document(["_name": "user_data", "_content": ["ab", ["_name": "c"]]], .nodes)
        )
    }

    @Test(arguments: [
        (#"{}"#, "its top: a node needs _name"), (#"[]"#, "its top: a node is"),
        (#"{"_name":"other","_content":["x"]}"#, "/_name: the top node is 'other'"),
        (#"{"_name":1}"#, "/_name: no XML name"), (#"{"_name":"a b"}"#, "/_name: no XML name"),
        (#"{"_name":"user_data","x":1}"#, "/x: a node has only"),
        (#"{"_name":"user_data","_attributes":[]}"#, "/_attributes: attributes are"),
        (#"{"_name":"user_data","_attributes":{"a":1}}"#, "/_attributes/a: an attribute is"),
        (#"{"_name":"user_data","_attributes":{"a/":""}}"#, "/_attributes/a~1: no XML name"),
        (#"{"_name":"user_data","_attributes":{"a":"\u0008"}}"#, "/_attributes/a: U+0008"),
        (#"{"_name":"user_data","_content":"x"}"#, "/_content: content is"),
        (#"{"_name":"user_data","_content":["x",1]}"#, "/_content/1: a node is"),
        (#"{"_name":"user_data","_content":["a\uFFFF"]}"#, "/_content/0: U+FFFF"),
        (#"{"_name":"user_data","_content":["\uD800"]}"#, "/_content/0: a lone surrogate"),
        (#"{"_name":"user_data","_content":[{"_name":"1"}]}"#, "/_content/0/_name: no XML"),
        (#"{"_name":"user_data","_content":[{"_name":"⁰"}]}"#, "/_content/0/_name: no XML"),
        (#"{"_name":"user_data"}"#, "could not be told from empty"),
        (#"{"_name":"user_data","_content":[" \n"]}"#, "could not be told from empty"),
        (
            #"{"_name":"user_data","_content":"#
                + #"[{"_name":"user_data","_attributes":{"user_data":"x"}}]}"#,
            "would be read back as JSON"
        ),
    ])
    func whatIsNoTreeIsRefusedWithItsPlace(json: String, message: String) throws {
        expectRefusal(of: try JSONValue(parsing: json), message)
    }

    @Test func theDeepestTreeWeSendIsTheDeepestWeRead() throws {
        let deepest = tree(levels: 62)
        #expect(try reread(.document(deepest, .nodes)) == .document(deepest, .nodes))
        expectRefusal(of: tree(levels: 63), "nested too deep")
    }

    @Test func theDeepestAnswerWeReadHasSixtyFourLevels() throws {
        let request = ArmRequest.read(DocumentKey(application: "a"))
        for levels in [61, 62] {
            let inside =
                String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
            let body = "<out><response><user_data>\(inside)</user_data></response></out>"
            let answer = try? XMLForm().decode(Array(body.utf8), answering: request)
            #expect((answer != nil) == (levels == 61), "\(levels) levels")
        }
    }

    @Test func moreNodesThanWeReadAreNotSent() {
        let nodes = [JSONValue](repeating: ["_name": "a"], count: 524_288)
        expectRefusal(of: ["_name": "user_data", "_content": .array(nodes)], "over 524288")
    }

    @Test func aTreeThatEscapingMakesUnreadableIsNotSent() {
        let quotes = JSONString(String(repeating: "'", count: 3 << 20))
        expectRefusal(of: ["_name": "user_data", "_content": [.string(quotes)]], "once a server")
    }

    @Test func theMostAttributesWeSendAreTheMostWeRead() throws {
        let most = tree(attributes: 256)
        #expect(try reread(.document(most, .nodes)) == .document(most, .nodes))
        expectRefusal(of: tree(attributes: 257), "over 256 attributes")
    }

    private func tree(levels: Int) -> JSONValue {
        var tree: JSONValue = ["_name": "a"]
        for _ in 0..<(levels - 2) { tree = ["_name": "a", "_content": [tree]] }
        return ["_name": "user_data", "_content": [tree]]
    }

    private func tree(attributes count: Int) -> JSONValue {
        var attributes = JSONObject()
        for index in 0..<count { attributes[JSONString("a\(index)")] = "" }
        return ["_name": "user_data", "_attributes": .object(attributes)]
    }

    private func expectRefusal(of tree: JSONValue, _ message: String) {
        #expect {
            try PayloadMapping().validate(tree, as: .nodes)
        } throws: { error in
            (error as? MessageError)?.message.contains(message) == true
        }
    }
}
