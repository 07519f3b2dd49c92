import ArmProtocol
import ArmSync
import JSONDocument

/// The state of everything here: what `status` shows.
struct Overview {
    var server: ServerStanding
    var documents: [DocumentStatus]

    var pendingEdits: Int { documents.reduce(0) { $0 + $1.pendingEdits } }

    /// The object of `arm-sync.status/1`: absent values are null, never missing.
    func json(_ transport: TransportKind) -> JSONValue {
        var totals = JSONObject()
        totals["documents"] = .number(JSONNumber(documents.count))
        totals["pending_edits"] = .number(JSONNumber(pendingEdits))
        totals["conflicts"] = .number(JSONNumber(documents.reduce(0) { $0 + $1.conflicts }))
        let held = documents.count { $0.stage == .held }
        totals["held"] = .number(JSONNumber(held))
        var object = JSONObject()
        object["schema"] = "arm-sync.status/1"
        object["server"] = serverJSON(transport)
        object["documents"] = .array(documents.map(\.json))
        object["totals"] = .object(totals)
        return .object(object)
    }

    private func serverJSON(_ transport: TransportKind) -> JSONValue {
        var object = JSONObject()
        object["url"] = .text((server.binding?.server).map(transport.address))
        object["domain"] = .text(server.binding?.domain)
        object["transport"] = .text(transport.rawValue)
        object["last_contact_at"] = .time(server.lastContactAt)
        object["unreachable_since"] = .time(server.unreachableSince)
        object["last_error"] = server.trouble?.errorJSON ?? .null
        return .object(object)
    }
}

extension ServerStanding {
    /// Since when the server has not been reached, where that is its trouble.
    var unreachableSince: Timestamp? {
        switch trouble?.kind {
        case .unreachable, .transient: trouble?.since
        case .refused, .unauthenticated, .garbled, .misconfigured, nil: nil
        }
    }
}

extension DocumentStatus {
    fileprivate var json: JSONValue {
        var object = key.json
        object["state"] = .text(stage.rawValue)
        object["pending_edits"] = .number(JSONNumber(pendingEdits))
        object["oldest_edit_at"] = .time(oldestEditAt)
        object["newest_edit_at"] = .time(newestEditAt)
        object["last_saved_at"] = .time(lastSavedAt)
        object["last_read_at"] = .time(lastReadAt)
        object["attempts"] = .number(JSONNumber(trouble?.attempts ?? 0))
        object["next_attempt_at"] = .time(nextAttemptAt)
        object["last_error"] = trouble?.errorJSON ?? .null
        object["conflicts"] = .number(JSONNumber(conflicts))
        object["held_because"] = .text(heldReason?.rawValue)
        object["conflict_detection"] = .bool(detectsConflicts)
        return .object(object)
    }
}

extension Trouble {
    fileprivate var errorJSON: JSONValue {
        [
            "kind": .text(kind.rawValue), "code": .text(code), "message": .text(message),
            "at": at.json,
        ]
    }
}

extension JSONValue {
    static func text(_ text: String?) -> JSONValue {
        text.map { .string(JSONString($0)) } ?? .null
    }

    fileprivate static func time(_ time: Timestamp?) -> JSONValue { time?.json ?? .null }
}
