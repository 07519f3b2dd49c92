import ArmProtocol
import ArmSync
import JSONDocument

/// What a whole run came to, for scripts.
struct SyncSummary {
    let reports: [SyncReport]
    /// What kept the run from ending well, beside what happened to single documents.
    var failure: StoreError?
    /// Whether this is what would have been done.
    var isDryRun = false

    var edits: Int { reports.reduce(0) { $0 + $1.edits } }
    var requests: Int { reports.reduce(0) { $0 + $1.requests } }

    /// The exit code of the run.
    var status: ExitStatus {
        .worst(reports.map(\.status) + [failure.map { CommandError($0).status } ?? .done])
    }

    /// One object a document, then one of totals, the last line of every run.
    ///
    /// - Parameter code: what the command exits with.
    func json(endingWith code: Int32) -> [JSONValue] {
        var totals = JSONObject()
        totals["schema"] = "arm-sync.sync/1"
        totals["exit_code"] = .number(JSONNumber(Int(code)))
        totals["documents"] = .number(JSONNumber(reports.count))
        totals["requests"] = .number(JSONNumber(requests))
        totals["edits"] = .number(JSONNumber(edits))
        return (reports.map(\.json) + [totals]).map { object in
            var object = object
            object["dry_run"] = isDryRun ? true : nil
            return .object(object)
        }
    }
}

extension SyncReport {
    /// The word of the contract for this result.
    var word: String {
        switch result {
        case .saved: "saved"
        case .unchanged: "unchanged"
        case .merged: "merged"
        case .held(.conflict): "conflict"
        case .held: "held"
        case .failed(let kind): kind.rawValue
        case .skipped, .cutShort: "skipped"
        case .storeFailed(let error): error.code == .unreadable ? "unreadable" : "store_failed"
        }
    }

    /// What this document alone would make of the exit code.
    var status: ExitStatus {
        switch result {
        case .saved, .unchanged, .merged: .done
        case .held(.foreignServer): .configuration
        case .held: .needsPerson
        case .failed(let kind): status(of: kind)
        case .skipped where waits || needsAttention:
            trouble.map { status(of: $0.kind) } ?? .notNow
        case .skipped: .done
        case .cutShort: .notNow
        case .storeFailed(let error): CommandError(error).status
        }
    }

    private func status(of kind: FailureKind) -> ExitStatus {
        switch kind {
        case .unauthenticated: .unauthenticated
        case .misconfigured: .configuration
        case .refused: needsAttention ? .needsPerson : .notNow
        case .unreachable, .transient, .garbled: .notNow
        }
    }

    fileprivate var json: JSONObject {
        var object = key.json
        object["result"] = .string(JSONString(word))
        object["requests"] = .number(JSONNumber(requests))
        object["edits"] = .number(JSONNumber(edits))
        return object
    }
}
