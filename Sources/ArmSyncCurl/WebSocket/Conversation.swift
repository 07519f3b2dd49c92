/// What is going on over one connection, from the request that it is made for to its end. Pure: it is
/// told what happens and when, and says what follows.
///
/// Only silence ends it early. A request that waits longer than it may is given up, and its number
/// stays owed: the answer may still come, and must not be taken for another's.
struct Conversation {
    typealias Instant = ContinuousClock.Instant

    struct Request: Equatable {
        let id: UInt64
        let sequence: Int
        /// Bytes of its message.
        let size: Int
        /// Whether a second copy on the wire changes nothing.
        let isRepeatable: Bool
        let deadline: Instant
        /// Whether a connection was lost under it before.
        var isSecondTry = false
    }

    struct Limits: Equatable {
        /// How long nothing may move. After half of it the other side is asked for a sign of life.
        var stall: Duration
        /// How long a connection without requests is kept.
        var idle: Duration = .seconds(118)
        /// How long the other side has to answer a farewell.
        var farewell: Duration = .seconds(1)
        /// How many answers may be owed before the connection is given up for a fresh one.
        var owed = 1000
    }

    enum Phase: Equatable {
        case connecting
        case upgrading
        case open
        /// The farewell has been said.
        case leaving(until: Instant)
    }

    struct Entry: Equatable {
        var request: Request
        /// Where its frame stands in all that is sent on the connection; nil is not written yet.
        var frame: Range<UInt64>?
    }

    let limits: Limits
    private(set) var phase = Phase.connecting
    private(set) var entries: [Entry] = []
    private(set) var owed: Set<Int> = []
    private(set) var sent: UInt64 = 0
    private(set) var hasAnswered = false
    /// A request ran out of time and nothing was heard since: nothing more is put on it.
    var isSuspect = false
    var hasPinged = false
    private(set) var quietSince: Instant
    private(set) var idleSince: Instant

    init(limits: Limits, at now: Instant) {
        self.limits = limits
        quietSince = now
        idleSince = now
    }

    /// Whether another request may be put on it.
    var takesMore: Bool {
        if case .leaving = phase { return false }
        return !isSuspect && owed.count < limits.owed
    }

    var isEmpty: Bool { entries.isEmpty }

    // MARK: - Its phases

    mutating func connected(at now: Instant) {
        phase = .upgrading
        quietSince = now
    }

    mutating func opened(at now: Instant) {
        phase = .open
        idleSince = now
    }

    /// The farewell was said: no request goes on it any more.
    mutating func leave(at now: Instant) { phase = .leaving(until: now + limits.farewell) }

    // MARK: - Its requests

    mutating func board(_ request: Request) { entries.append(Entry(request: request)) }

    /// The next request whose message is to be written.
    var next: Request? {
        phase == .open ? entries.first { $0.frame == nil }?.request : nil
    }

    /// The message of a request was put behind all that is to be sent.
    mutating func wrote(_ id: UInt64, as frame: Range<UInt64>) {
        if let index = index(of: id) { entries[index].frame = frame }
    }

    /// So much of all that is to be sent is gone. A ping that goes out is no sign that the other side
    /// lives; a request's bytes that it takes are.
    mutating func sent(_ total: UInt64, at now: Instant) {
        let gone = sent..<max(total, sent)
        if entries.contains(where: { $0.frame?.overlaps(gone) ?? false }) { isQuiet(since: now) }
        sent = gone.upperBound
    }

    /// Something came.
    mutating func heard(at now: Instant) {
        isQuiet(since: now)
        isSuspect = false
    }

    private mutating func isQuiet(since now: Instant) {
        quietSince = now
        hasPinged = false
    }

    enum Arrival: Equatable {
        case answer(to: UInt64)
        /// To a request that was given up; its number is free again.
        case late(sequence: Int)
        /// Nobody here has asked for it.
        case unasked
    }

    /// A message came that bears that number, or none.
    mutating func take(_ sequence: Int?, at now: Instant) -> Arrival {
        guard let sequence else { return .unasked }
        if let index = entries.firstIndex(where: { $0.request.sequence == sequence }),
            hasBegun(entries[index])
        {
            hasAnswered = true
            return .answer(to: remove(at: index, at: now).request.id)
        }
        return owed.remove(sequence) == nil ? .unasked : .late(sequence: sequence)
    }

    /// A request that was given up.
    struct Abandoned: Equatable {
        var request: Request
        /// Whether any of it was on the wire: then its answer is owed from now on.
        var hasBegun: Bool
    }

    /// Gives a request up; nil where it is not here.
    mutating func abandon(_ id: UInt64, at now: Instant) -> Abandoned? {
        guard let index = index(of: id) else { return nil }
        let entry = remove(at: index, at: now)
        let abandoned = Abandoned(request: entry.request, hasBegun: hasBegun(entry))
        if abandoned.hasBegun { owed.insert(entry.request.sequence) }
        return abandoned
    }

    private func hasBegun(_ entry: Entry) -> Bool {
        entry.frame.map { $0.lowerBound < sent } ?? false
    }

    private func index(of id: UInt64) -> Int? { entries.firstIndex { $0.request.id == id } }

    private mutating func remove(at index: Int, at now: Instant) -> Entry {
        if entries.count == 1 { idleSince = now }
        return entries.remove(at: index)
    }

    // MARK: - Its end

    struct Loss: Equatable {
        /// Goes on a fresh connection: not a byte of it was on this one, or it is a read on a
        /// connection that had answered before, as the last one may be closed just then.
        var again: [Request] = []
        /// Was on the wire, and nobody knows whether it arrived.
        var interrupted: [Request] = []
        /// Was not on the wire, for the second time.
        var unsent: [Request] = []
    }

    /// The connection is gone.
    ///
    /// - Parameter mayRepeat: whether a read on the wire may be asked once more.
    mutating func lose(mayRepeat: Bool) -> Loss {
        var loss = Loss()
        for entry in entries {
            let begun = hasBegun(entry)
            let repeats = entry.request.isRepeatable && mayRepeat && hasAnswered
            if !entry.request.isSecondTry, !begun || repeats {
                loss.again.append(entry.request)
            } else if begun {
                loss.interrupted.append(entry.request)
            } else {
                loss.unsent.append(entry.request)
            }
        }
        entries = []
        for index in loss.again.indices { loss.again[index].isSecondTry = true }
        return loss
    }
}
