import ArgumentParser
import ArmProtocol
import ArmSync

/// One run of the command of `on_attention`, once what it tells is known.
struct AttentionErrand {
    /// How long the command may take: long enough for a mail, short enough for whoever waits.
    static let timeout: Duration = .seconds(10)
    /// How long to wait for another sync until it can be remembered that the command failed.
    static let patience: Duration = .seconds(5)
    /// Characters of what it said that are kept.
    static let detailLimit = 200

    private let workspace: Workspace
    private let news: AttentionNews

    /// What there is to tell after a run, remembered as told; nil where there is nothing, or the
    /// command has failed and is not due.
    ///
    /// To be made while the sync lock is held, so that of two runs only one tells it, and carried
    /// out when it is not: no other sync waits for the command.
    ///
    /// - Parameter isSeen: whether the run looked where something would be found again.
    init?(
        after concerns: Concerns,
        in workspace: Workspace,
        isSeen: (Announcement.Identity) -> Bool
    ) {
        guard !workspace.configuration.attentionCommand.isEmpty else { return nil }
        let now = Surroundings.now()
        var standing = workspace.store.serverStanding()
        let before = standing.attention
        guard workspace.configuration.sync.retry.isDue(before.trouble, at: now) else { return nil }
        let announcing = Announcing(
            before: before.announced.filter { isSeen($0.identity) },
            findings: concerns.all.map(\.finding),
            at: now
        )
        self.workspace = workspace
        news = AttentionNews(
            concerns: concerns,
            announcing: announcing,
            binding: workspace.configuration.sync.binding,
            now: now
        )
        standing.attention.announced =
            before.announced.filter { !isSeen($0.identity) } + announcing.after
        if standing.attention != before {
            // What cannot be remembered would be told by every run.
            do { try workspace.store.remember(standing) } catch { return nil }
        }
        if news.isEmpty { return nil }
    }

    /// Runs the command to its end, whatever that is: nothing of the sync depends on it.
    ///
    /// - Returns: what a person is to hear of it, where it failed and had not before.
    func carryOut(until ending: RunEnding) -> String? {
        let command = ConfiguredCommand(
            words: workspace.configuration.attentionCommand,
            timeout: Self.timeout
        )
        let input = news.bytes
        let end = runBlocking {
            await ending.run(within: nil) { () -> Result<ConfiguredCommand.End, Failure> in
                do throws(Failure) {
                    return .success(try await command.run(on: input))
                } catch {
                    return .failure(error)
                }
            }
        }
        return switch end {
        case .success(let end): close(end.failure, CommandComplaint(end.errors))
        case .failure(let failure): close(failure, CommandComplaint([]))
        }
    }

    private typealias Failure = ConfiguredCommand.Failure

    /// Remembers how it went.
    private func close(_ failure: Failure?, _ complaint: CommandComplaint) -> String? {
        if workspace.console.isVerbose && failure == nil {
            for line in complaint.lines { Console.warn("on_attention: \(line)") }
        }
        let store = workspace.store
        guard failure != nil || store.serverStanding().attention.trouble != nil else {
            return nil
        }
        let isNew = store.serverStanding().attention.trouble == nil
        let detail = complaint.lines.last.map { String($0.prefix(Self.detailLimit)) }
        remember(failure, detail)
        guard let failure, failure != .givenUp, isNew else { return nil }
        return words(about: failure) + (detail.map { ": \($0)" } ?? "")
    }

    private func remember(_ failure: Failure?, _ detail: String?) {
        let store = workspace.store
        let lock = try? LockWait(patience: Self.patience).take(
            { () throws(StoreError) in try store.lockSync() },
            pause: Surroundings.pause
        )
        guard let lock else { return }
        defer { lock.unlock() }
        var standing = store.serverStanding()
        if failure == nil {
            standing.attention.trouble = nil
        } else {
            standing.attention.takeBack(news.announcing)
        }
        if let failure, failure != .givenUp {
            standing.attention.fail(
                words(about: failure),
                detail: detail,
                under: workspace.configuration.sync.retry,
                at: Surroundings.now(),
                chance: Double.random(in: 0...1)
            )
        }
        // Where it cannot be remembered, nothing is told twice, and that is all.
        try? store.remember(standing)
    }

    private func words(about failure: Failure) -> String {
        failure.words(
            about: "the command of \"on_attention\"",
            setting: "on_attention",
            timeout: Self.timeout.words
        )
    }
}
