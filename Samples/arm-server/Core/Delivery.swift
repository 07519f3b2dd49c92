/// What a transport has to do about one request.
enum Delivery: Sendable {
    /// Say this, after that long.
    case reply(Reply, after: Duration)
    /// Say nothing until the client goes away.
    case silence
    /// Close the connection in good order, without a word.
    case close
    /// Say goodbye with a Close frame of that code; over a WebSocket only.
    case closeFrame(code: UInt16)
    /// Break the connection off with a RST.
    case reset
    /// Make a WebSocket of the connection, after that long.
    case upgrade(Opening, after: Duration)
}

/// An answer that a transport still has to spell out.
struct Reply: Sendable {
    enum Content: Sendable {
        /// The switch's own answer: an `out` element.
        case message(Element)
        /// Something that is not from the switch's commands.
        case page(String, type: String)
    }

    var status = 200
    /// HTTP header fields beside the length and the type.
    var fields: [(name: String, value: String)] = []
    var content: Content
    var shape = Shape.faithful
    /// How it travels where it travels over a WebSocket.
    var carriage = Carriage.plain

    /// Credentials are missing.
    static let unauthorized = Reply(
        status: 401,
        fields: [("WWW-Authenticate", #"Basic realm="arm""#)],
        content: .page("log in first\n", type: "text/plain; charset=utf-8")
    )

    static func text(_ status: Int, _ text: String) -> Reply {
        Reply(status: status, content: .page(text, type: "text/plain; charset=utf-8"))
    }
}

/// A WebSocket about to be opened.
struct Opening: Sendable {
    /// The domain that its requests are about.
    var domain: String
    var flaw: Flaw?

    /// What is wrong with it on purpose.
    enum Flaw: Sendable, Equatable {
        /// The `Sec-WebSocket-Accept` of another key.
        case wrongAccept
        /// Pings are never answered.
        case muteToPings
        /// The server sends pings of its own.
        case pings(every: Duration)
    }
}

/// How the bytes of an answer are spoilt on their way out.
enum Shape: Sendable, Equatable {
    case faithful
    /// The first half, said to be the whole.
    case half
    /// The first half, with the length of the whole; then the connection closes.
    case truncated
    /// Padded with spaces to that many bytes.
    case large(byteCount: Int)
    /// Elements nested that deep inside the response.
    case deep(levels: Int)
    /// A document type declaration in front.
    case doctype
}
