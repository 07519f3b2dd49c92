import Foundation
import SeededRandom
import Testing

@testable import arm_server

@Suite("What a WebSocket does not take")
struct BadMessageTests {
    @Test(
        "A message without a readable header cannot be answered: the connection ends with 1008",
        arguments: [
            "", "hello", "0100000000480001"[...].dropLast().description,
            "0200000000480001read_user_data", "01000000004800x1read_user_data",
            "01 000000048 001read_user_data", "[{}]",
        ]
    )
    func unreadableHeader(_ text: String) throws {
        let socket = try EmbeddedWebSocket()
        #expect(try socket.send(.text(Array(text.utf8))) == [.close(1008)])
        #expect(!socket.isOpen)
        let records = try socket.station.records()
        #expect(records.map(\.outcome) == ["refused"])
        #expect(records.map(\.bytes) == [text.utf8.count])
    }

    @Test("A wrong length is refused under the request's number, and nothing is stored")
    func wrongLength() throws {
        for excess in [-1, 1, 1_000_000_000] {
            let body = String(decoding: RawMessage.save(5).dropFirst(48), as: UTF8.self)
            let message = RawMessage.message(5, "save_user_data", body, excess: excess)
            let socket = try EmbeddedWebSocket()
            let answer = try #require(try socket.ask(message).first)
            #expect(answer.number == 5 && answer.status == 200)
            #expect(answer.body.contains(#""_attributes":{"code":"cannot_perform_cmd"}"#))
            #expect(try socket.station.readContent()?.isEmpty == true)
        }
    }

    @Test("Another command is 404, and the connection stays")
    func otherCommand() throws {
        let socket = try EmbeddedWebSocket()
        for name in ["", "login", "save_user_dataX", " read_user_data"] {
            let answer = try socket.ask(RawMessage.message(1, name, "[]")).first
            #expect(answer?.status == 404)
        }
        let bare = Array("01000000001600ff".replacing("ff", with: "07").utf8)
        #expect(try socket.ask(bare).map(\.status) == [404])
        #expect(try socket.ask(RawMessage.read(2)).map(\.status) == [200])
    }

    @Test(
        "JSON that is no nodes, or says what XML cannot, is refused",
        arguments: [
            "", "[]", "{}", "null", "[[]]", "[{}]", #"[{"_name":1}]"#, #"[{"_name":"in"}"#,
            #"[{"_name":"in"}]]"#, #"[{"_name":"in"},{"_name":"in"}]"#, #"[{"_name":"in",}]"#,
            #"[{"_name":"in" "_content":[]}]"#, #"[{"_name":"in","_name":"in"}]"#,
            #"[{"_name":"in","other":"x"}]"#, #"[{"_name":"in","_attributes":{"a":1}}]"#,
            #"[{"_name":"in","_attributes":[]}]"#, #"[{"_name":"in","_content":{}}]"#,
            #"[{"_name":"in","_content":[1]}]"#, #"[{"_name":"i n"}]"#, #"[{"_name":""}]"#,
            #"[{"_name":"p:in"}]"#, #"[{"_name":"in","_attributes":{"a":"\u0000"}}]"#,
            #"[{"_name":"in","_attributes":{"a":"\ud800"}}]"#,
            #"[{"_name":"in","_attributes":{"a":"\ud800\u0041"}}]"#,
            #"[{"_name":"in","_attributes":{"a":"\udc00"}}]"#, #"[{"_name":"\x69n"}]"#,
            #"[{"_name":"in","_attributes":{"a":"1","a":"2"}}]"#, "[{\"_name\":\"i\nn\"}]",
            #"[{"_name":"in"#, #"[{"_name":"in\"#, #"[{"_name":"\u12"#, #"[{"_name":"\u00e"}]"#,
            "\u{FEFF}[{\"_name\":\"in\"}]", #"[{"_name":"wrong"}]"#,
        ]
    )
    func badJSON(_ json: String) throws {
        let socket = try EmbeddedWebSocket()
        let answer = try #require(
            try socket.ask(RawMessage.message(6, "save_user_data", json)).first
        )
        #expect(answer.number == 6 && answer.status == 200)
        #expect(answer.body.contains(#"{"_name":"error","_attributes":{"code":"#), "\(answer.body)")
        #expect(try socket.station.records().map(\.outcome) == ["refused"])
    }

    @Test("Nodes nested too deep are refused, not walked")
    func deep() throws {
        for (levels, isTaken) in [(250, true), (300, false), (200_000, false)] {
            let content =
                "[" + String(repeating: #"{"_name":"n","_content":["#, count: levels)
                + String(repeating: "]}", count: levels) + "]"
            let answer = try EmbeddedWebSocket().ask(RawMessage.save(1, content: content)).first
            #expect(answer?.isOK == isTaken)
        }
    }

    @Test("Damaged at random, what is taken is JSON to Foundation too", arguments: [1, 2, 3])
    func damaged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sample =
            Array(
                #"[ {"_name":"a", "_attributes":{"b":"\u00e9\ud83d\ude42\n","c":"é/\/"}, "#.utf8
            ) + #""_content":["t\\\"",{"_name":"d"},{"_content":[],"_name":"e"}]} ]"#.utf8
        var takenCount = 0
        for _ in 0..<3_000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                let other = sample.randomElement(using: &random) ?? 0
                if Bool.random(using: &random) {
                    bytes[index] = other
                } else {
                    bytes.remove(at: index)
                }
            }
            guard (try? NodeReader.element(from: bytes[...])) != nil else { continue }
            takenCount += 1
            let shown = String(decoding: bytes, as: UTF8.self)
            #expect(
                (try? JSONSerialization.jsonObject(with: Data(bytes))) is [Any],
                "seed \(seed): \(shown)"
            )
        }
        #expect(takenCount > 100, "seed \(seed): nearly everything was refused")
    }
}
