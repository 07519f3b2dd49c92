import Foundation
import Testing

@testable import arm_server

/// Messages spelt by hand, with Foundation's JSON where there is some to read.
enum RawMessage {
    static func save(
        _ number: Int,
        _ document: String = #"{"a":1}"#,
        application: String = "hodor"
    ) -> [UInt8] {
        let content = #"[{"_name":"user_data","_attributes":{"user_data":\#(quoted(document))}}]"#
        return save(number, content: content, application: application)
    }

    /// A save of nodes as they stand in JSON.
    static func save(
        _ number: Int,
        content: String,
        application: String = "hodor"
    ) -> [UInt8] {
        request(
            number,
            .save,
            #"{"_name":"save_user_data","_attributes":{"application_id":\#(quoted(application))},"#
                + #""_content":[{"_name":"user_data","_content":\#(content)}]}"#
        )
    }

    static func read(_ number: Int, application: String = "hodor") -> [UInt8] {
        request(
            number,
            .read,
            #"{"_name":"read_user_data","_attributes":"#
                + #"{"application_id":\#(quoted(application)),"agent_id":"102"}}"#
        )
    }

    static func request(_ number: Int, _ command: Command, _ order: String) -> [UInt8] {
        let body = #"[{"_name":"in","_content":[{"_name":"request","_content":[\#(order)]}]}]"#
        return message(number, command.wireName, body)
    }

    static func message(
        _ number: Int,
        _ command: String,
        _ body: String,
        padding: String = " ",
        excess: Int = 0
    ) -> [UInt8] {
        let field = command + String(repeating: padding, count: 32 - command.utf8.count)
        let length = 48 + body.utf8.count + excess
        return Array((String(format: "01%010d%04d", length, number) + field + body).utf8)
    }

    private static func quoted(_ text: String) -> String {
        let data = try? JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// An answer taken apart by hand.
struct RawAnswer: Equatable {
    var number: Int
    var status: Int
    var body: String

    init(_ frame: RawFrame) throws {
        #expect(frame.opcode == RawFrame.text && frame.isFinal && !frame.isMasked)
        try self.init(message: frame.payload)
    }

    init(message: [UInt8]) throws {
        let text = try #require(String(validating: message, as: UTF8.self))
        #expect(text.utf8.prefix(2).elementsEqual("01".utf8))
        let digits = text.utf8.dropFirst(2)
        #expect(Int(String(decoding: digits.prefix(10), as: UTF8.self)) == message.count)
        number = try #require(Int(String(decoding: digits.dropFirst(10).prefix(4), as: UTF8.self)))
        status = try #require(Int(String(decoding: digits.dropFirst(14).prefix(3), as: UTF8.self)))
        body = String(decoding: digits.dropFirst(17), as: UTF8.self)
    }

    var isOK: Bool { status == 200 && body.hasSuffix(#""_content":[{"_name":"ok"}]}]}]"#) }

    /// The document in the vendor's shape that a read was answered with.
    func document() throws -> String? {
        let root = try JSONSerialization.jsonObject(with: Data(body.utf8))
        var nodes = root as? [[String: Any]]
        for name in ["out", "response", "user_data"] {
            #expect(nodes?.first?["_name"] as? String == name)
            nodes = nodes?.first?["_content"] as? [[String: Any]]
        }
        return (nodes?.first?["_attributes"] as? [String: String])?["user_data"]
    }
}
