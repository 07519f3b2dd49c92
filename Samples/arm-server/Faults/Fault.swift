/// Something that goes wrong on purpose, for the next requests of a command.
struct Fault: Sendable, Equatable {
    enum Effect: Sendable, Equatable {
        /// Another answer than the right one, or none. The command is carried out only if that is
        /// said.
        case substitute(Substitute, carriedOut: Bool)
        /// The right answer, spoilt on its way.
        case shape(Shape)
        /// The right answer, late.
        case delay(Duration)
        /// The right answer, but a lie.
        case meddle(Meddling)
        /// The right answer, spoilt by the way it travels over a WebSocket.
        case carriage(Carriage)
        /// A WebSocket that is opened all the same.
        case opening(Opening.Flaw)
    }

    enum Substitute: Sendable, Equatable {
        case refusal(code: String)
        case status(Int, retryAfter: Int?)
        case unauthorized
        case forbidden
        case redirect(Int)
        case captivePage
        case emptyBody
        case silence
        case close
        case closeFrame(code: UInt16)
        case reset
    }

    /// What becomes of a save that is answered with `ok`.
    enum Meddling: Sendable, Equatable {
        case alter
        case lose
    }

    var effect: Effect
    var scope: Scope
    /// How many requests it still strikes; nil until it is cleared.
    var remaining: Int?
    /// The specification it was read from, without the count.
    var description: String

    /// Whether a request is carried out as if nothing were wrong.
    var carriesOut: Bool {
        if case .substitute(_, let carriedOut) = effect { carriedOut } else { true }
    }

    var meddling: Meddling? {
        if case .meddle(let meddling) = effect { meddling } else { nil }
    }
}

/// The faults to come, in order; each request is struck by the first that fits.
struct FaultQueue: Sendable {
    private(set) var faults: [Fault] = []

    mutating func append(_ more: [Fault]) { faults += more }

    mutating func removeAll() { faults = [] }

    mutating func take(for occasion: Fault.Occasion) -> Fault? {
        guard let index = faults.firstIndex(where: { $0.fits(occasion) }) else { return nil }
        let fault = faults[index]
        if let remaining = fault.remaining {
            faults[index].remaining = remaining - 1
            if remaining <= 1 { faults.remove(at: index) }
        }
        return fault
    }

    /// One specification a line, with what is left of each count.
    var text: String {
        faults.map { $0.description + "*" + ($0.remaining.map(String.init) ?? "forever") + "\n" }
            .joined()
    }
}
