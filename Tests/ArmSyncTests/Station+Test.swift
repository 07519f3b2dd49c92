import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument

extension DocumentKey {
    static let test = DocumentKey(application: "hodor", agent: "102")

    static func numbered(_ numbers: Range<Int>) -> [DocumentKey] {
        numbers.map { DocumentKey(application: "hodor", agent: "\($0)") }
    }
}

extension ScriptedTransport {
    /// The server, with a hook that may answer in its place.
    static func to(
        _ server: ModelServer,
        instead: @escaping @Sendable (ArmRequest, Int) -> Exchange? = { _, _ in nil }
    ) -> ScriptedTransport {
        ScriptedTransport { request, number in
            instead(request, number) ?? server.exchange(request)
        }
    }
}

extension ArmRequest {
    var isSave: Bool {
        if case .save = self { true } else { false }
    }
}

extension Station {
    /// One document, and the only report of its run.
    func sync(
        over transport: ScriptedTransport,
        mode: SyncMode = SyncMode()
    ) async throws -> SyncReport? {
        try await sync([.test], over: transport, mode: mode).first
    }
}
