import Testing

@testable import ArmSyncCurl

@Suite("A conversation")
struct ConversationTests {
    typealias Request = Conversation.Request

    static let start = ContinuousClock.now

    private func moment(_ seconds: Double) -> Conversation.Instant {
        Self.start + .seconds(seconds)
    }

    private func request(
        _ number: Int,
        size: Int = 100,
        isRead: Bool = false,
        deadline: Double = 30
    ) -> Request {
        Request(
            id: UInt64(number),
            sequence: 1000 + number,
            size: size,
            isRepeatable: isRead,
            deadline: moment(deadline)
        )
    }

    /// Open since the start, with a stall limit of 16 s.
    private func opened(_ change: (inout Conversation.Limits) -> Void = { _ in }) -> Conversation {
        var limits = Conversation.Limits(stall: .seconds(16))
        change(&limits)
        var conversation = Conversation(limits: limits, at: moment(0))
        conversation.connected(at: moment(0))
        conversation.opened(at: moment(0))
        return conversation
    }

    /// Puts it on and has so many of its hundred bytes sent.
    private func send(
        _ request: Request,
        on conversation: inout Conversation,
        bytes: UInt64 = 100,
        at seconds: Double = 0
    ) {
        conversation.board(request)
        let from = conversation.entries.compactMap(\.frame?.upperBound).max() ?? conversation.sent
        conversation.wrote(request.id, as: from..<from + 100)
        conversation.sent(from + bytes, at: moment(seconds))
    }

    // MARK: - Answers

    @Test("gives each answer to the request whose number it bears, in any order")
    func answers() {
        var conversation = opened()
        for number in 1...3 { send(request(number), on: &conversation) }
        #expect(conversation.take(1003, at: moment(1)) == .answer(to: 3))
        #expect(conversation.take(1001, at: moment(1)) == .answer(to: 1))
        #expect(conversation.take(1001, at: moment(1)) == .unasked)
        #expect(conversation.take(1002, at: moment(1)) == .answer(to: 2))
        #expect(conversation.isEmpty)
    }

    @Test("takes nothing for the answer to a request that was not on the wire", arguments: [0, 1])
    func premature(bytes: UInt64) {
        var conversation = opened()
        conversation.board(request(1))
        #expect(conversation.take(1001, at: moment(1)) == .unasked)
        conversation.wrote(1, as: 0..<100)
        conversation.sent(bytes, at: moment(1))
        let expected: Conversation.Arrival = bytes == 0 ? .unasked : .answer(to: 1)
        #expect(conversation.take(1001, at: moment(1)) == expected)
    }

    @Test("knows events, answers to nobody, and answers that come too late")
    func others() {
        var conversation = opened()
        send(request(1), on: &conversation)
        #expect(conversation.take(nil, at: moment(1)) == .unasked)
        #expect(conversation.take(7, at: moment(1)) == .unasked)
        let abandoned = conversation.abandon(1, at: moment(2))
        #expect(abandoned == Conversation.Abandoned(request: request(1), hasBegun: true))
        #expect(conversation.owed == [1001])
        #expect(conversation.take(1001, at: moment(3)) == .late(sequence: 1001))
        #expect(conversation.take(1001, at: moment(3)) == .unasked)
        #expect(conversation.owed.isEmpty)
    }

    @Test("owes nothing for a request that was given up before it was on the wire")
    func nothingOwed() {
        var conversation = opened()
        conversation.board(request(1))
        #expect(
            conversation.abandon(1, at: moment(1))
                == Conversation.Abandoned(request: request(1), hasBegun: false)
        )
        #expect(conversation.owed.isEmpty)
        #expect(conversation.abandon(1, at: moment(1)) == nil)
    }

    @Test("has nothing to write before it is open and after the farewell")
    func writing() {
        var conversation = Conversation(
            limits: Conversation.Limits(stall: .seconds(16)),
            at: moment(0)
        )
        conversation.board(request(1))
        #expect(conversation.next == nil)
        conversation.connected(at: moment(0))
        #expect(conversation.next == nil)
        conversation.opened(at: moment(0))
        #expect(conversation.next == request(1))
        conversation.leave(at: moment(0))
        #expect(conversation.next == nil)
        #expect(!conversation.takesMore)
    }

    // MARK: - Loss

    @Test("that is lost puts what was not on the wire on another connection, once")
    func unsent() {
        var conversation = opened()
        send(request(1), on: &conversation)
        send(request(2), on: &conversation, bytes: 0)
        conversation.board(request(3))
        var loss = conversation.lose(mayRepeat: true)
        #expect(loss.interrupted == [request(1)])
        #expect(loss.again.map(\.id) == [2, 3])
        #expect(loss.unsent.isEmpty)

        var second = opened()
        for request in loss.again { second.board(request) }
        loss = second.lose(mayRepeat: true)
        #expect(loss.again.isEmpty)
        #expect(loss.unsent.map(\.id) == [2, 3])
    }

    @Test(
        "that is lost repeats a read once, where it had answered before and the loss allows it",
        arguments: [(true, true, true), (true, false, false), (false, true, false)]
    )
    func repeated(hasAnswered: Bool, mayRepeat: Bool, expected: Bool) {
        var conversation = opened()
        if hasAnswered {
            send(request(9), on: &conversation)
            _ = conversation.take(1009, at: moment(1))
        }
        send(request(1, isRead: true), on: &conversation)
        send(request(2), on: &conversation)
        let loss = conversation.lose(mayRepeat: mayRepeat)
        #expect(loss.again.map(\.id) == (expected ? [1] : []))
        #expect(loss.interrupted.map(\.id) == (expected ? [2] : [1, 2]))
        for var again in loss.again {
            again.isSecondTry = true
            var second = opened()
            send(request(9), on: &second)
            _ = second.take(1009, at: moment(1))
            send(again, on: &second)
            #expect(second.lose(mayRepeat: true).interrupted == [again])
        }
    }

    // MARK: - Time

    @Test("gives up a request at its deadline, and trusts the connection again once it is heard of")
    func expiry() {
        var conversation = opened()
        send(request(1, deadline: 3), on: &conversation)
        send(request(2, deadline: 5), on: &conversation)
        #expect(conversation.nextDue == moment(3))
        let expected = Conversation.Abandoned(request: request(1, deadline: 3), hasBegun: true)
        #expect(conversation.pass(to: moment(3)) == [.expired(expected)])
        #expect(!conversation.takesMore)
        conversation.heard(at: moment(4))
        #expect(conversation.takesMore)
        #expect(conversation.pass(to: moment(4)) == [])
    }

    @Test("is over where its last request ran out of time in silence")
    func suspect() {
        var conversation = opened()
        send(request(1, deadline: 3), on: &conversation)
        let due = conversation.pass(to: moment(3))
        #expect(due.count == 2)
        #expect(due.last == .over)
    }

    @Test(
        "asks for a sign of life after half the stall limit, once, and is stalled after all of it"
    )
    func silence() {
        var conversation = opened()
        send(request(1), on: &conversation, at: 1)
        #expect(conversation.nextDue == moment(9))
        #expect(conversation.pass(to: moment(8.9)) == [])
        #expect(conversation.pass(to: moment(9)) == [.ping])
        #expect(conversation.nextDue == moment(17))
        #expect(conversation.pass(to: moment(16.9)) == [])
        conversation.sent(conversation.sent + 6, at: moment(9))
        #expect(
            conversation.pass(to: moment(17)) == [.stalled],
            "the ping's own bytes do not count"
        )
    }

    @Test("goes on where a pong comes")
    func pong() {
        var conversation = opened()
        send(request(1, deadline: 100), on: &conversation)
        #expect(conversation.pass(to: moment(8)) == [.ping])
        conversation.heard(at: moment(8.5))
        #expect(conversation.pass(to: moment(16)) == [])
        #expect(conversation.pass(to: moment(16.5)) == [.ping])
    }

    @Test("is not stalled while the bytes of a request still go out")
    func slowUpload() {
        var conversation = opened()
        conversation.board(request(1, deadline: 100))
        conversation.wrote(1, as: 0..<100)
        for second in 1...50 {
            conversation.sent(UInt64(second), at: moment(Double(second)))
            #expect(conversation.pass(to: moment(Double(second))) == [])
        }
        #expect(conversation.pass(to: moment(58)) == [.ping])
        #expect(conversation.pass(to: moment(66)) == [.stalled])
    }

    @Test("is asked for signs of life while idle too, and left when nobody has needed it for long")
    func idle() {
        var conversation = opened { $0.idle = .seconds(20) }
        send(request(1), on: &conversation)
        conversation.heard(at: moment(2))
        _ = conversation.take(1001, at: moment(2))
        #expect(conversation.pass(to: moment(10)) == [.ping])
        conversation.heard(at: moment(10))
        #expect(conversation.pass(to: moment(18)) == [.ping])
        conversation.heard(at: moment(18))
        #expect(conversation.nextDue == moment(22))
        #expect(conversation.pass(to: moment(22)) == [.unused])
        conversation.leave(at: moment(22))
        #expect(conversation.nextDue == moment(23))
        #expect(conversation.pass(to: moment(22.9)) == [])
        #expect(conversation.pass(to: moment(23)) == [.over])
    }

    @Test("stalls in a handshake, but leaves connecting to libcurl's own limit")
    func handshake() {
        var conversation = Conversation(
            limits: Conversation.Limits(stall: .seconds(16)),
            at: moment(0)
        )
        conversation.board(request(1, deadline: 50))
        #expect(conversation.nextDue == moment(50))
        #expect(conversation.pass(to: moment(40)) == [])
        conversation.connected(at: moment(40))
        #expect(conversation.nextDue == moment(50))
        conversation.heard(at: moment(41))
        #expect(conversation.pass(to: moment(49)) == [], "no ping goes through a handshake")
        conversation.abandon(1, at: moment(49)).map { #expect(!$0.hasBegun) }
        #expect(conversation.pass(to: moment(57)) == [.stalled])
    }

    @Test("takes nothing more once too many answers are owed, and is over when the last has ended")
    func owing() {
        var conversation = opened { $0.owed = 2 }
        for number in 1...3 { send(request(number), on: &conversation) }
        _ = conversation.abandon(1, at: moment(1))
        #expect(conversation.takesMore)
        _ = conversation.abandon(2, at: moment(1))
        #expect(!conversation.takesMore)
        #expect(conversation.pass(to: moment(1)) == [])
        _ = conversation.take(1003, at: moment(1))
        #expect(conversation.pass(to: moment(1)) == [.over])
    }
}
