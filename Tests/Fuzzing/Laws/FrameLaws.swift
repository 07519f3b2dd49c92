import ArmProtocol
import ArmSync

@testable import ArmSyncCurl

/// Whatever bytes a server sends on a connection that asked for a WebSocket, in whatever pieces:
/// the same comes of them, and it is bounded.
///
/// The first byte says in what pieces the rest comes, and whether the handshake is part of it.
enum FrameLaws {
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    static let largestMessage = 1 << 14

    /// What came of the bytes.
    struct Reading: Equatable {
        var handshake: UpgradeReader.Outcome?
        var events: [WebSocketFrames.Event] = []
        var isAmidMessage = false

        /// The same, but for how it ended.
        ///
        /// Of several rules that bytes break at once, any may be the one that is named; and libwslay
        /// 1.1.1 passes over the first two bytes of every piece of a farewell when it looks whether
        /// the reason is UTF-8, so that one may count as a farewell or as broken.
        var withoutEnd: Reading {
            var reading = self
            reading.events.removeAll { if case .message = $0 { false } else { true } }
            return reading
        }
    }

    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let (head, rest) = FuzzInput.headed(bytes)
        let isOpen = head & 1 == 1
        let whole = try reading(of: rest, in: [rest.count], isOpen: isOpen)
        let pieces = try reading(of: rest, in: sizes(head), isOpen: isOpen)
        try expect(
            whole.withoutEnd == pieces.withoutEnd,
            "bytes mean the same in whatever pieces they come",
            "\(whole) against \(pieces)"
        )
        try checkBounds(whole, of: rest)
        if case .refused(let refusal) = whole.handshake {
            try checkRefusal(refusal)
        }
        try ConversationLaws.check(whole.events, head)
        try checkFraming(rest, head)
    }

    private static func sizes(_ head: UInt8) -> [Int] {
        [[1], [7], [3, 1, 50], [2, 1000]][Int(head >> 1 & 3)]
    }

    private static func frames() throws(BrokenLaw) -> WebSocketFrames {
        try succeed("frames can be read") {
            try WebSocketFrames(library: WslayLibrary.load(), largestMessage: largestMessage)
        }
    }

    private static func reading(
        of bytes: [UInt8],
        in sizes: [Int],
        isOpen: Bool
    ) throws(BrokenLaw) -> Reading {
        let accept = UpgradeRequest.accept(for: key)
        var reader = UpgradeReader(expectedAccept: accept)
        var reading = Reading()
        let frames = try frames()
        if isOpen { reading.handshake = .upgraded(rest: []) }
        var start = 0
        var turn = 0
        while start < bytes.count {
            let end = min(bytes.count, start + max(1, sizes[turn % sizes.count]))
            var piece = Array(bytes[start..<end])
            (start, turn) = (end, turn + 1)
            if reading.handshake == nil {
                reading.handshake = reader.read(piece)
                guard case .upgraded(let rest) = reading.handshake else { continue }
                reading.handshake = .upgraded(rest: [])
                piece = rest
            }
            guard case .upgraded = reading.handshake else { break }
            reading.events += piece.withUnsafeBytes { frames.receive($0) }
        }
        if reading.handshake == nil { reading.handshake = reader.end() }
        reading.isAmidMessage = frames.isAmidMessage
        // The worst is an empty ping of two bytes, whose pong has a mask.
        try expect(
            frames.pending.count <= 3 * bytes.count + 64,
            "what is answered to frames is bounded by them",
            "\(frames.pending.count) for \(bytes.count)"
        )
        return reading
    }

    private static func checkBounds(_ reading: Reading, of bytes: [UInt8]) throws(BrokenLaw) {
        var total = 0
        for (index, event) in reading.events.enumerated() {
            switch event {
            case .message(let message):
                total += message.count
                try expect(message.count <= largestMessage, "no message is over the limit")
            case .closed, .broken:
                try expect(index == reading.events.count - 1, "nothing comes after the end")
            }
        }
        try expect(total <= bytes.count, "no more comes out than came in")
    }

    private static func checkRefusal(_ refusal: UpgradeRefusal) throws(BrokenLaw) {
        try expect(
            refusal.body.count <= UpgradeReader.bodyLimit && 100...999 ~= refusal.status,
            "what is kept of a refusal is bounded"
        )
    }

    /// What is put into frames, in fragments with pings between them, comes out as it was.
    private static func checkFraming(_ bytes: [UInt8], _ head: UInt8) throws(BrokenLaw) {
        let messages = bytes.prefix(512).split(separator: 0).map(Array.init)
            .filter { String(validating: $0, as: UTF8.self) != nil }
        var wire: [UInt8] = []
        for message in messages {
            let cut = Int(head) % (message.count + 1)
            wire += frame(0x01, message[..<cut]) + frame(0x89, message.prefix(125))
            wire += frame(0x80, message[cut...])
        }
        let reading = try reading(of: wire, in: sizes(head), isOpen: true)
        try expect(
            reading.events == messages.map { .message($0) },
            "messages come out as they were put into frames"
        )
    }

    private static func frame(_ first: UInt8, _ payload: ArraySlice<UInt8>) -> [UInt8] {
        let length: [UInt8] =
            payload.count < 126
            ? [UInt8(payload.count)]
            : [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        return [first] + length + payload
    }
}
