import NIOWebSocket

/// What a switch pushes to its clients unasked: events, and messages of which no client can know
/// what they are.
enum Noise {
    /// One of each kind; none bears the number of a request that a client may have under way.
    static func frames(besides number: Int) -> [OutgoingFrame] {
        // As far away as can be: a client counts up.
        let other = AnswerMessage.digits((number + 5000) % 10_000, RequestMessage.numberDigits)
        let event = #"[{"_name":"event","_attributes":{"name":"agent_state"}}]"#
        let field = "agent_state_event".padded(to: RequestMessage.commandWidth)
        let texts = [
            withLength(other + field, event), withLength(other + "200", event), event, "", "ping",
            // Everything but the sequence number.
            RequestMessage.version + "0000000012", String(repeating: "x", count: 600),
        ]
        let binaries: [[UInt8]] = [
            [], [0x00, 0xFF, 0xC3, 0x28], Array(withLength(other + "200", event).utf8),
        ]
        return texts.map { .text(Array($0.utf8)) }
            + binaries.map { OutgoingFrame(opcode: .binary, payload: $0[...]) }
    }

    private static func withLength(_ head: String, _ body: String) -> String {
        let front = RequestMessage.version.utf8.count + RequestMessage.lengthDigits
        let length = front + head.utf8.count + body.utf8.count
        return RequestMessage.version
            + AnswerMessage.digits(length, RequestMessage.lengthDigits) + head + body
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }
}
