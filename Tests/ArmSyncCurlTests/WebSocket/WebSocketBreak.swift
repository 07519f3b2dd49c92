import ArmSync
import Testing

@testable import ArmSyncCurl

/// A way in which a server fails to answer over a WebSocket, and what is said of it.
struct WebSocketBreak: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: @Sendable (ScriptedServer.Request) -> [ScriptedServer.Step]
    var kind = TransportFailure.Kind.interrupted(whileConnecting: false)
    var code: String
    var words: String
    var testDescription: String { name }
}

extension WebSocketBreak {
    static let all = [
        WebSocketBreak(
            name: "closed without a word",
            steps: { _ in [.close] },
            code: "websocket 1006",
            words: "closed without an answer"
        ),
        WebSocketBreak(name: "reset", steps: { _ in [.reset] }, code: "curl 56", words: "broke"),
        WebSocketBreak(
            name: "closed amid a message",
            steps: { [.send(Array(Wire.answer($0).dropLast(5))), .close] },
            code: "websocket 1006",
            words: "cut short"
        ),
        WebSocketBreak(
            name: "reset amid a message",
            steps: { [.send(Array(Wire.answer($0).dropLast(5))), .reset] },
            code: "curl 56",
            words: "broke"
        ),
        WebSocketBreak(
            name: "closed with a farewell",
            steps: { _ in [.send(Wire.closing(1001)), .hang] },
            code: "websocket 1001",
            words: "going away"
        ),
        WebSocketBreak(
            name: "closed with a farewell amid a message",
            steps: { _ in [.send(Wire.frame([0x30], isFinal: false) + Wire.closing(1011)), .hang] },
            code: "websocket 1011",
            words: "fault inside"
        ),
        WebSocketBreak(
            name: "text that is not UTF-8",
            steps: { _ in [.send(Wire.frame([0xC3, 0x28])), .hang] },
            kind: .garbled,
            code: "websocket 1007",
            words: "not UTF-8"
        ),
        WebSocketBreak(
            name: "a frame that is none",
            steps: { _ in [.send([0xFF, 0xFF, 0xFF, 0xFF]), .hang] },
            kind: .garbled,
            code: "websocket 1002",
            words: "breaks the rules"
        ),
        WebSocketBreak(
            name: "a message over the limit",
            steps: { _ in
                [.send(Wire.frame(Array(repeating: 0x20, count: (16 << 20) + 1))), .hang]
            },
            kind: .garbled,
            code: "websocket 1009",
            words: "larger than 16 MiB"
        ),
        WebSocketBreak(
            name: "a message with the right number and nothing else right",
            steps: { [.send(Wire.frame(Array("019999999999\($0.sequence)".utf8)))] },
            kind: .garbled,
            code: "websocket message",
            words: "the server's answer is"
        ),
        WebSocketBreak(
            name: "silence",
            steps: { _ in [.hang] },
            code: "curl 28",
            words: "nothing moved for 500 ms"
        ),
        WebSocketBreak(
            name: "half an answer, then silence",
            steps: { [.send(Array(Wire.answer($0).dropLast(5))), .hang] },
            code: "curl 28",
            words: "nothing moved for 500 ms"
        ),
    ]
}
