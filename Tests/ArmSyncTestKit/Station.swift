package import ArmProtocol
package import ArmSync
package import JSONDocument
private import Synchronization

/// One workstation: a store in memory, a clock that moves when told, and runs of the engine.
package final class Station: Sendable {
    package let store = InMemoryDocumentStore()
    private let moment: Mutex<Timestamp>
    private let chosen: Mutex<SyncSettings>

    package static let binding = Binding(server: "http://switch:8086", domain: "biysk.local")

    package init(at start: Timestamp = Timestamp(milliseconds: 1_795_341_600_000)) {
        moment = Mutex(start)
        var settings = SyncSettings()
        settings.binding = Self.binding
        chosen = Mutex(settings)
    }

    package var now: Timestamp { moment.withLock { $0 } }

    package var settings: SyncSettings { chosen.withLock { $0 } }

    package func configure(_ change: @Sendable (inout SyncSettings) -> Void) {
        chosen.withLock { change(&$0) }
    }

    package func advance(by delay: Duration) {
        moment.withLock { $0 = $0 + delay }
    }

    package func state(of key: DocumentKey) -> DocumentState {
        (try? store.state(of: key)) ?? DocumentState()
    }

    /// Accepts one edit, as a command would.
    package func edit(_ key: DocumentKey, _ operations: JSONPatch.Operation...) throws {
        let edit = Edit(author: "operator", patch: JSONPatch(operations))
        try store.commit(key, at: now) { _ in Record(.edit(edit), event: .edited) }
    }

    /// One run of the engine; the reports in the order of the keys.
    package func sync(
        _ keys: [DocumentKey],
        over transport: ScriptedTransport,
        mode: SyncMode = SyncMode(),
        chance: Double = 1
    ) async throws -> [SyncReport] {
        let engine = SyncEngine(
            store: store,
            transport: transport,
            settings: settings,
            binding: Self.binding,
            now: { self.now },
            chance: { chance }
        )
        var reports: [DocumentKey: SyncReport] = [:]
        try await engine.run(keys, mode: mode) { reports[$0.key] = $0 }
        return keys.compactMap { reports[$0] }
    }
}
