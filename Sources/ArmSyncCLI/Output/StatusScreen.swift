import ArmProtocol
import ArmSync

/// The state of everything, for people: what waits, since when, why, and what to type.
struct StatusScreen {
    let console: Console
    let now: Timestamp
    /// How the switch is spoken to.
    var transport = TransportKind.http
    var naming = CommandNaming()

    private var palette: Palette { console.palette }

    func lines(of overview: Overview) -> [String] {
        let titles = overview.documents.map(\.key.words.printable)
        let column = min(titles.map(\.count).max() ?? 0, console.width / 2)
        var lines = server(overview.server)
        if !overview.documents.isEmpty { lines.append("") }
        for (title, document) in zip(titles, overview.documents) {
            lines.append(line(of: document, title: title, column: column))
            // What keeps all of them back is said once, with the server.
            if document.trouble == nil || document.trouble != overview.server.trouble {
                lines += explanation(of: document)
            }
        }
        return lines + [""] + Paragraph.wrapped(closing(overview), width: console.width)
    }

    private func server(_ standing: ServerStanding) -> [String] {
        guard let binding = standing.binding else {
            let text =
                "Server: none is configured. Edits are kept here; name one with --server and "
                + "--domain, or in the configuration."
            return Paragraph.wrapped(text, width: console.width)
        }
        let address = transport.address(of: binding.server)
        let name = "\(address), domain \(binding.domain), over \(transport.words)".printable
        let title = palette.paint("Server", .heading)
        return ["\(title)  \(name)", "        " + contact(standing)]
            + (standing.trouble.map { explanation(of: $0, indentedBy: 8) } ?? [])
    }

    private func contact(_ standing: ServerStanding) -> String {
        let last = standing.lastContactAt.map { "last contact \($0.ago(now))" } ?? "no contact yet"
        guard let trouble = standing.trouble else {
            return standing.lastContactAt == nil ? palette.paint(last, .faint) : last
        }
        let what =
            switch trouble.kind {
            case .unreachable, .transient: "out of reach\(span(since: trouble.since))"
            case .unauthenticated: "does not accept the credentials"
            case .garbled: "something else answers in its place"
            case .misconfigured, .refused: "a setting looks wrong"
            }
        let needsPerson = trouble.needsAttention(at: now)
        return palette.paint(what, needsPerson ? .needsPerson : .waiting) + "; \(last)"
    }

    /// ` for 12 min`, once that is worth saying.
    private func span(since moment: Timestamp) -> String {
        let span = now.since(moment)
        return span < .seconds(60) ? "" : " for \(span.rough)"
    }

    private func line(
        of document: DocumentStatus,
        title: String,
        column: Int
    ) -> String {
        let padding = String(repeating: " ", count: max(column - title.count, 0))
        let stage = document.stage.rawValue
        let start = "\(title)\(padding)  \(palette.paint(stage, meaning(of: document)))"
        let facts = [waiting(document), saved(document)].compactMap(\.self).joined(separator: "; ")
        guard !facts.isEmpty else { return start }
        return start + String(repeating: " ", count: max(10 - stage.count, 0)) + "  " + facts
    }

    private func meaning(of document: DocumentStatus) -> Palette.Meaning {
        if document.needsPerson(at: now) { return .needsPerson }
        return document.stage == .synced ? .good : .waiting
    }

    private func waiting(_ document: DocumentStatus) -> String? {
        guard document.pendingEdits > 0, let oldest = document.oldestEditAt else { return nil }
        let age = now.since(oldest)
        let span = age < .seconds(1) ? "" : " for \(age.rough)"
        return "\(document.pendingEdits.counted("edit")) waiting\(span)"
    }

    private func saved(_ document: DocumentStatus) -> String? {
        if let saved = document.lastSavedAt { return "saved \(saved.ago(now))" }
        return document.lastReadAt.map { "read \($0.ago(now))" }
    }

    private func explanation(of document: DocumentStatus) -> [String] {
        let width = console.width
        if let error = document.storeError {
            let advice = error.code == .unreadable ? RepairAdvice.sentence(for: document.key) : nil
            return Paragraph.indented(error.message.printable.sentence, width: width)
                + (advice.map { ["    \($0)"] } ?? [])
        }
        if let reason = document.heldReason {
            return HeldAdvice(reason: reason, key: document.key, naming: naming).lines(
                width,
                about: document.conflictingPlaces
            )
        }
        return document.trouble.map { explanation(of: $0, indentedBy: 4) } ?? []
    }

    private func explanation(of trouble: Trouble, indentedBy indent: Int) -> [String] {
        let advice = FailureAdvice(
            kind: trouble.kind,
            needsAttention: trouble.needsAttention(at: now),
            nextTry: trouble.nextTry(from: now)
        )
        let tries = "\(trouble.attempts) \(trouble.attempts == 1 ? "try" : "tries")"
        let message = trouble.message.printable.sentence
        return advice.lines(
            about: "\(message) \(tries), the last \(trouble.at.ago(now)).",
            detail: console.isVerbose ? trouble.detail : nil,
            width: console.width,
            indentedBy: indent
        )
    }

    private func closing(_ overview: Overview) -> String {
        let documents = overview.documents
        if documents.isEmpty { return "No document was edited or read here yet." }
        let needy = documents.count { $0.needsPerson(at: now) }
        if needy > 0 {
            let text =
                "\(needy) of \(documents.count.counted("document")) \(needy == 1 ? "needs" : "need") you."
            return palette.paint(text, .needsPerson)
        }
        if overview.server.trouble?.needsAttention(at: now) ?? false {
            return palette.paint("The way to the server needs you.", .needsPerson)
        }
        let waiting = overview.pendingEdits
        if waiting > 0 {
            let (wait, them) = waiting == 1 ? ("waits", "it") : ("wait", "them")
            return "\(waiting.counted("edit")) \(wait); nothing needs you. "
                + "The next sync sends \(them)."
        }
        let isAllSaved = documents.allSatisfy { $0.stage == .synced }
        return isAllSaved
            ? palette.paint("Everything is saved.", .good) : "Nothing needs you."
    }
}
