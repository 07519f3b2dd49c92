import ArmProtocol
import ArmSync

extension Workspace {
    /// Flags are left out only where the same command, typed again without the ones of this command
    /// line, finds the same document.
    var naming: CommandNaming {
        guard let standard else { return CommandNaming() }
        let others = ((try? store.keys()) ?? []) + configuration.documents
        return CommandNaming(standard: standard, isOnly: others.allSatisfy { $0 == standard })
    }
}
