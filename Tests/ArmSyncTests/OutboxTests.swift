import ArmSync
import Testing

@Suite struct OutboxTests {
    private func entries(_ range: Range<Int>) -> [OutboxEntry] {
        range.map { number in
            let summary = EditSummary(id: number, author: "a", paths: [], operations: 1)
            let moment = Timestamp.at(Int64(number))
            return OutboxEntry(count: 1, first: moment, last: moment, edit: summary)
        }
    }

    @Test(arguments: [0, 1, 19, 20])
    func `a short outbox keeps every edit by itself`(count: Int) {
        #expect(entries(0..<count).grouped == entries(0..<count))
    }

    @Test(arguments: [21, 22, 1000])
    func `a long outbox keeps the newest edits and one group of all before`(count: Int) {
        let grouped = entries(0..<count).grouped
        let old = count - 20
        let group = OutboxEntry(count: old, first: .at(0), last: .at(Int64(old - 1)))
        #expect(grouped == [group] + entries(old..<count))
        #expect(grouped.editCount == count)
    }

    @Test func `grouping again counts the edits of the group`() {
        var outbox: [OutboxEntry] = []
        for round in 0..<100 {
            outbox = (outbox + entries(round * 7..<round * 7 + 7)).grouped
            #expect(outbox.count <= 21)
        }
        #expect(outbox.editCount == 700)
        #expect(outbox.first?.first == .at(0))
        #expect(outbox.last?.last == .at(699))
    }
}
