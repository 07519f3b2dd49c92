import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("status --json")
struct OverviewTests {
    @Test("has every field even where there is nothing: null, never missing")
    func nothing() {
        let overview = Overview(
            server: ServerStanding(),
            documents: [.sample(.synced, DocumentKey(application: "hodor"))]
        )
        #expect(
            overview.json(.http).text(.compact)
                == #"{"schema":"arm-sync.status/1","#
                + #""server":{"url":null,"domain":null,"transport":"http","last_contact_at":null,"#
                + #""unreachable_since":null,"last_error":null},"#
                + #""documents":[{"application_id":"hodor","agent_id":null,"state":"synced","#
                + #""pending_edits":0,"oldest_edit_at":null,"newest_edit_at":null,"#
                + #""last_saved_at":null,"last_read_at":null,"attempts":0,"next_attempt_at":null,"#
                + #""last_error":null,"conflicts":0,"held_because":null,"#
                + #""conflict_detection":false}],"#
                + #""totals":{"documents":1,"pending_edits":0,"conflicts":0,"held":0}}"#
        )
    }

    @Test("has every field where there is something, times in whole seconds of UTC")
    func everything() {
        let document = DocumentStatus.sample(.retrying) { status in
            status.wait(3, since: .hours(2))
            status.lastSavedAt = Timestamp(milliseconds: Timestamp.now.milliseconds - 1)
            status.lastReadAt = .before(.hours(1))
            status.trouble = .sample(.refused, "the server refused", code: "cannot_perform_cmd")
            status.nextAttemptAt = .now + .minutes(1)
        }
        let standing = ServerStanding(
            binding: .sample,
            lastContactAt: .before(.minutes(15)),
            trouble: .sample(.unreachable, "nothing listens", code: "curl 7")
        )
        let overview = Overview(server: standing, documents: [document])
        #expect(
            overview.json(.http).text(.compact)
                == #"{"schema":"arm-sync.status/1","#
                + #""server":{"url":"http://switch.example:8086","domain":"biysk.local","#
                + #""transport":"http","last_contact_at":"2026-11-22T09:45:00Z","#
                + #""unreachable_since":"2026-11-22T09:48:00Z","#
                + #""last_error":{"kind":"unreachable","code":"curl 7","#
                + #""message":"nothing listens","at":"2026-11-22T09:57:00Z"}},"#
                + #""documents":[{"application_id":"hodor","agent_id":"102","state":"retrying","#
                + #""pending_edits":3,"oldest_edit_at":"2026-11-22T08:00:00Z","#
                + #""newest_edit_at":"2026-11-22T09:59:55Z","#
                + #""last_saved_at":"2026-11-22T09:59:59Z","last_read_at":"2026-11-22T09:00:00Z","#
                + #""attempts":2,"next_attempt_at":"2026-11-22T10:01:00Z","#
                + #""last_error":{"kind":"refused","code":"cannot_perform_cmd","#
                + #""message":"the server refused","at":"2026-11-22T09:57:00Z"},"#
                + #""conflicts":0,"held_because":null,"conflict_detection":true}],"#
                + #""totals":{"documents":1,"pending_edits":3,"conflicts":0,"held":0}}"#
        )
    }

    @Test("names every stage", arguments: DocumentStatus.Stage.allCases)
    func stages(stage: DocumentStatus.Stage) {
        let words: [DocumentStatus.Stage: String] = [
            .unreadable: "unreadable", .conflict: "conflict", .held: "held",
            .retrying: "retrying", .pending: "pending", .synced: "synced",
        ]
        let overview = Overview(server: ServerStanding(), documents: [.sample(stage)])
        let json = overview.json(.http)
        #expect(json["documents"]?.array?.first?["state"]?.text == words[stage])
        #expect(json["totals"]?["held"]?.int == (stage == .held ? 1 : 0))
    }

    @Test("names every reason to hold", arguments: HeldReason.allCases)
    func reasons(reason: HeldReason) {
        let words: [HeldReason: String] = [
            .conflict: "conflict", .remoteEmptied: "remote_emptied", .blind: "blind",
            .foreignServer: "foreign_server", .foreignContent: "foreign_content",
            .emptySave: "empty_save", .serverAltersData: "server_alters_data",
        ]
        let document = DocumentStatus.sample(.held) { $0.heldReason = reason }
        let json = Overview(server: ServerStanding(), documents: [document]).json(.http)
        #expect(json["documents"]?.array?.first?["held_because"]?.text == words[reason])
    }

    @Test("an empty list where there is no document")
    func empty() {
        let json = Overview(server: ServerStanding(), documents: []).json(.http)
        #expect(json["documents"] == [])
        #expect(json["totals"]?["documents"] == 0)
    }

    @Test("only what keeps us from the server is out of reach", arguments: FailureKind.allCases)
    func unreachable(kind: FailureKind) {
        let standing = ServerStanding(binding: .sample, trouble: .sample(kind, "why"))
        let json = Overview(server: standing, documents: []).json(.http)
        let isOutOfReach = [.unreachable, .transient].contains(kind)
        #expect((json["server"]?["unreachable_since"] != .null) == isOutOfReach)
        #expect(json["server"]?["last_error"]?["kind"]?.text == kind.rawValue)
    }
}
