import ArgumentParser
import ArmProtocol

/// Ids for a shell to complete: those of documents that are kept here or configured.
///
/// Called back by the shell's completion, never by a command. It reads the state directory's names
/// and nothing else, and where something is wrong there is nothing to complete.
enum IdentifierCompletion {
    /// The applications there are.
    static func applications(_ words: [String]) -> [String] {
        guard let workspace = workspace(CompletedWords(words)) else { return [] }
        return distinct(documents(workspace).map(\.application))
    }

    /// The agents of the application on the line or configured, or else of every one.
    static func agents(_ words: [String]) -> [String] {
        let words = CompletedWords(words)
        guard let workspace = workspace(words) else { return [] }
        let chosen = words.value(of: ["--application", "-a"])
        let application = chosen ?? workspace.configuration.application
        let keys = documents(workspace).filter { key in
            application.map { key.application.utf8.elementsEqual($0.utf8) } ?? true
        }
        return distinct(keys.compactMap(\.agent))
    }

    private static func documents(_ workspace: Workspace) -> [DocumentKey] {
        (try? workspace.documents()) ?? []
    }

    private static func workspace(_ words: CompletedWords) -> Workspace? {
        let arguments = ["--config", "--state-dir"].compactMap { name in
            words.value(of: [name]).map { "\(name)=\($0)" }
        }
        return (try? SharedOptions.parse(arguments)).flatMap { try? Workspace($0) }
    }

    private static func distinct(_ ids: [String]) -> [String] {
        var seen: Set<DocumentKey> = []
        // As keys, because ids differ where their bytes do.
        return ids.filter { seen.insert(DocumentKey(application: $0)).inserted }
            .map(CompletedWords.literal)
    }
}
