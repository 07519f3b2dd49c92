/// How one request and its answer get through.
struct Passage: Hashable, Sendable {
    enum Fault: Hashable, Sendable {
        /// Nobody listens.
        case unreachable
        case refused
        case unauthenticated
        /// A page of somebody else's comes back, and the request never reaches the switch.
        case garbled
        case requestLost
        /// The request is carried out.
        case answerLost
        /// The request is carried out so many seconds after everybody has given it up.
        case late(seconds: Int)
        /// The request is carried out and answered, and once more so many seconds later.
        case twice(seconds: Int)
    }

    /// Milliseconds on the way there, and as many on the way back.
    var delay: Int64 = 100
    var fault: Fault?
}
