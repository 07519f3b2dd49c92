/// What a transport has to do about one request.
enum Delivery: Sendable {
    /// Say this, after that long.
    case reply(Reply, after: Duration)
    /// Say nothing until the client goes away.
    case silence
    /// Close the connection in good order, without a word.
    case close
    /// Break the connection off with a RST.
    case reset
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

    static func text(_ status: Int, _ text: String) -> Reply {
        Reply(status: status, content: .page(text, type: "text/plain; charset=utf-8"))
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
