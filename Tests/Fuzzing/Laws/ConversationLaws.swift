import ArmProtocol

@testable import ArmSyncCurl

/// Whatever numbers the messages of a server bear: no request is answered twice, none that was not
/// on the wire is answered at all, and each ends exactly once.
enum ConversationLaws {
    private static let start = ContinuousClock.now

    static func check(_ events: [WebSocketFrames.Event], _ head: UInt8) throws(BrokenLaw) {
        var conversation = Conversation(limits: .init(stall: .seconds(15)), at: start)
        conversation.connected(at: start)
        conversation.opened(at: start)
        // Of five requests two are answered from, one is given up on the wire, one is given up
        // before, and one is only waiting.
        let requests = (1...5).map { number in
            Conversation.Request(
                id: UInt64(number),
                sequence: number,
                size: 10,
                isRepeatable: number.isMultiple(of: 2),
                deadline: start + .seconds(30)
            )
        }
        for request in requests { conversation.board(request) }
        for number in 1...3 {
            let offset = UInt64(number) * 10
            conversation.wrote(UInt64(number), as: offset..<offset + 10)
        }
        conversation.sent(40, at: start)
        _ = conversation.abandon(3, at: start)
        _ = conversation.abandon(4, at: start)
        var ended: Set<UInt64> = [3, 4]
        var late: Set<Int> = []
        for event in events {
            guard case .message(let message) = event else { break }
            conversation.heard(at: start)
            let sequence = MessageForm.sequence(of: message)
            switch conversation.take(sequence, at: start) {
            case .answer(let id):
                try expect(ended.insert(id).inserted, "no request is answered twice", "\(id)")
                try expect(id <= 2, "what was not on the wire is not answered", "\(id)")
                try expect(sequence == Int(id), "an answer goes to the request of its number")
            case .late(let number):
                try expect(
                    number == 3 && late.insert(number).inserted,
                    "only what was given up on the wire is answered late, and once",
                    "\(number)"
                )
            case .unasked: break
            }
            try expect(
                conversation.nextDue.map { $0 > start } ?? false,
                "there is always a moment at which to look again"
            )
        }
        let loss = conversation.lose(mayRepeat: head & 8 == 0)
        for request in loss.again + loss.interrupted + loss.unsent {
            try expect(ended.insert(request.id).inserted, "each request ends once", "\(request.id)")
        }
        try expect(ended.count == requests.count, "each request ends")
    }
}
