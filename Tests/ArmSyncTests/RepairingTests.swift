import ArmProtocol
import ArmSync
import JSONDocument
import SeededRandom
import Testing

@Suite struct RepairingTests {
    @Test func `an edit that may have been taken back since is not sent again`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("a", 2))
        // Lost: the save of 2, the edit back to 1 and its save. The server holds 1, as base says.
        var repaired = state.mistrusted
        let step = try repaired.read(.document(["a": 1], .json))
        #expect(step == .held(.conflict))
        #expect(repaired.local?.value == ["a": 2])
    }

    @Test func `a save that was open when records were lost is nobody's proof`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("a", 2))
        try state.read(.document(["a": 1], .json))
        try state.edit(.set("a", 3))
        var repaired = state.mistrusted
        #expect(repaired.pendingEdits == 2)
        #expect(try repaired.read(.document(["a": 2], .json)) == .held(.conflict))
    }

    @Test func `what the server holds already is settled`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("a", 2))
        var repaired = state.mistrusted
        #expect(try repaired.read(.document(["a": 2], .json)) == .settled(tookOver: false))
        #expect(repaired.pendingEdits == 0)
    }

    @Test func `where nothing waits the server's document is taken over`() throws {
        var repaired = DocumentState.synced(["a": 1]).mistrusted
        #expect(try repaired.read(.document(["a": 5], .json)) == .settled(tookOver: true))
        #expect(repaired.local?.value == ["a": 5])
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `nothing is sent over a document the server holds`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var repaired = generator.state().mistrusted
        for _ in 0..<3 {
            let step = try repaired.read(.document(generator.content().value, .json))
            if case .send(let content) = step {
                Issue.record("sent \(content.value.text(.compact)), seed \(seed)")
            }
        }
    }
}
