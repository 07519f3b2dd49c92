import ArmSync

extension SimulatedStation {
    /// One process that syncs.
    func sync(_ plan: Story.SyncPlan, with server: SimulatedServer) async {
        let process = startProcess(dyingAfter: plan.diesAfter)
        defer { process.kill() }
        let store = store(of: process)
        var settings = SyncSettings()
        settings.binding = Self.binding
        let engine = SyncEngine(
            store: store,
            transport: SimulatedLink(self, process, server, plan.passages),
            settings: settings,
            binding: Self.binding,
            now: { self.now },
            chance: { 0.5 }
        )
        let mode = SyncMode(sends: plan.sends, onlyIfDue: plan.isUnattended)
        var report: SyncReport?
        do {
            let lock = try store.lockSync()
            defer { lock.unlock() }
            try await engine.run([Self.key], mode: mode) { report = $0 }
        } catch {
            return
        }
        guard process.isAlive else { return }
        switch report?.result {
        case .storeFailed(let error) where error.code == .unreadable:
            account.complain("station \(index): \(error.message)")
        case .held(.conflict):
            for conflict in promised.conflicts(by: MergeRules()) {
                account.checkConflict(conflict, at: index)
            }
        default: break
        }
    }
}
