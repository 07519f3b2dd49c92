/// Reads what comes back on a connection that asked for a WebSocket, in pieces of any size, and checks
/// it (RFC 6455, section 4.1). Pure.
struct UpgradeReader {
    enum Outcome: Equatable {
        /// It is a WebSocket now. `rest` came behind the head and is its first bytes.
        case upgraded(rest: [UInt8])
        /// The server answered as one answers over HTTP.
        case refused(UpgradeRefusal)
        /// What came is no answer to an upgrade: "is not HTTP".
        case unusable(String)
    }

    /// Bytes of an answer's head, interim answers in front of it included.
    static let headLimit = 64 << 10
    /// Bytes of a refusal's body; more are not needed to tell what it is.
    static let bodyLimit = 64 << 10

    private let expectedAccept: String
    private var received: [UInt8] = []
    /// The end of the head begins at none of so many of them.
    private var searched = 0
    private var interimBytes = 0
    /// Once the head of a refusal is complete, what reads its body.
    private var refusal: RefusalReader?

    init(expectedAccept: String) { self.expectedAccept = expectedAccept }

    /// Takes more of what came; nil asks for more.
    mutating func read(_ bytes: some Sequence<UInt8>) -> Outcome? {
        received += bytes
        while refusal == nil {
            guard startsAsHTTP else { return .unusable("is not HTTP") }
            guard let end = headEnd() else {
                return interimBytes + received.count > Self.headLimit ? Self.headTooLong : nil
            }
            guard interimBytes + end.upperBound <= Self.headLimit else { return Self.headTooLong }
            guard let head = ResponseHead(received[..<end.lowerBound]) else {
                return .unusable("is not HTTP")
            }
            received.removeFirst(end.upperBound)
            searched = 0
            if head.status == 101 { return upgrade(head) }
            if (100..<200).contains(head.status) {
                interimBytes += end.upperBound
            } else {
                refusal = RefusalReader(head)
            }
        }
        refusal?.read(received)
        received = []
        guard let refusal, refusal.isComplete else { return nil }
        return .refused(refusal.refusal)
    }

    /// Nothing more comes. A refusal whose head is complete tells what it has to tell.
    func end() -> Outcome? {
        refusal.map { .refused($0.refusal) }
    }

    /// The empty line behind a head.
    ///
    /// What was looked at is not looked at again: a server that sends a byte at a time would keep us
    /// busy for minutes.
    private mutating func headEnd() -> Range<Int>? {
        let length = Self.headEnd.count
        while searched + length <= received.count {
            let range = searched..<searched + length
            if received[range].elementsEqual(Self.headEnd) { return range }
            searched += 1
        }
        return nil
    }

    private static let headEnd = Array("\r\n\r\n".utf8)
    private static let headTooLong = Outcome.unusable(
        "answers with a head of more than \(headLimit >> 10) KiB"
    )

    private var startsAsHTTP: Bool {
        let start = Array("HTTP/1.".utf8)
        return received.prefix(start.count) == start.prefix(received.count)
    }

    private func upgrade(_ head: ResponseHead) -> Outcome {
        guard head.tokens("upgrade").contains("websocket"),
            head.tokens("connection").contains("upgrade")
        else {
            return .unusable("switches to another protocol than WebSocket")
        }
        guard head.values("sec-websocket-accept") == [expectedAccept] else {
            return .unusable(
                "answers with a WebSocket handshake that is not meant for this connection"
            )
        }
        let unasked = ["sec-websocket-extensions", "sec-websocket-protocol"]
        guard unasked.allSatisfy({ head.values($0).isEmpty }) else {
            return .unusable("speaks an extension of WebSocket that nobody asked for")
        }
        return .upgraded(rest: received)
    }
}

/// An answer over HTTP where a WebSocket was asked for.
struct UpgradeRefusal: Equatable, Sendable {
    var status: Int
    /// The value of `Retry-After`, as it came.
    var retryAfter: String?
    /// The body, as far as it came and was read.
    var body: [UInt8]
}

/// Reads the body of a refusal, as far as it is wanted.
private struct RefusalReader {
    private enum Length {
        case known(Int)
        case chunked
        case untilClosed
    }

    private let status: Int
    private let retryAfter: String?
    private let length: Length
    /// Bytes of the body that came, chunks as they are written.
    private var count = 0
    private var plain: [UInt8] = []
    private var chunks = ChunkedBody()

    init(_ head: ResponseHead) {
        status = head.status
        retryAfter = head.values("retry-after").first
        length =
            if head.status == 204 || head.status == 304 {
                .known(0)
            } else if head.tokens("transfer-encoding").contains("chunked") {
                .chunked
            } else if let count = head.values("content-length").first.flatMap({ Int($0) }) {
                .known(max(count, 0))
            } else {
                .untilClosed
            }
    }

    mutating func read(_ bytes: [UInt8]) {
        let wanted = bytes.prefix(UpgradeReader.bodyLimit - count)
        count += wanted.count
        switch length {
        case .known(let length): plain += wanted.prefix(length - plain.count)
        case .chunked: chunks.read(wanted)
        case .untilClosed: plain += wanted
        }
    }

    var isComplete: Bool {
        if count >= UpgradeReader.bodyLimit { return true }
        return switch length {
        case .known(let length): plain.count >= length
        case .chunked: chunks.isComplete
        case .untilClosed: false
        }
    }

    var refusal: UpgradeRefusal {
        UpgradeRefusal(status: status, retryAfter: retryAfter, body: plain + chunks.bytes)
    }
}
