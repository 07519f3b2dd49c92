import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("What the command of on_attention is told")
struct AttentionNewsTests {
    private func news(
        _ documents: [DocumentStatus],
        trouble: Trouble? = nil,
        before: [Announcement] = []
    ) throws -> (bytes: [UInt8], json: JSONValue) {
        let concerns = Concerns(
            Overview(
                server: ServerStanding(binding: .sample, trouble: trouble),
                documents: documents
            ),
            failures: [],
            at: .now,
            warnAfter: .hours(1)
        )
        let findings = concerns.all.map(\.finding)
        let bytes = AttentionNews(
            concerns: concerns,
            announcing: Announcing(before: before, findings: findings, at: .now),
            binding: .sample,
            now: .now
        ).bytes
        return (bytes, try JSONValue(parsing: bytes))
    }

    private static func conflict(
        _ agent: String = "102",
        places: [JSONPointer] = [JSONPointer(tokens: ["a/b"])]
    ) -> DocumentStatus {
        .sample(.conflict, DocumentKey(application: "hodor", agent: agent)) {
            $0.heldReason = .conflict
            $0.conflictingPlaces = places
            $0.wait(2, since: .hours(30))
        }
    }

    @Test("an object with what is new, what to type, and what is over, on one line")
    func object() throws {
        let over = Announcement(
            .init(document: DocumentKey(application: "other"), cause: "refused"),
            since: .before(.hours(2)),
            isSaid: true
        )
        let (bytes, json) = try news([Self.conflict()], before: [over])
        #expect(bytes.split(separator: UInt8(ascii: "\n")).count == 1)
        let expected: JSONValue = [
            "schema": "arm-sync.attention/1", "at": "2026-11-22T10:00:00Z",
            "server": "http://switch.example:8086", "domain": "biysk.local",
            "new": [
                [
                    "application_id": "hodor", "agent_id": "102", "cause": "conflict",
                    "since": "2026-11-21T04:00:00Z", "needs_person": true,
                    "subject": "hodor / 102", "title": "conflict",
                    "text": .string(JSONString(text)), "places": ["/a~1b"], "omitted_places": 0,
                    "commands": .array(
                        HeldAdvice(reason: .conflict, key: .hodor).commands.map {
                            [
                                "command": .string(JSONString($0.command)),
                                "effect": .string(JSONString($0.effect)),
                            ]
                        }
                    ),
                ]
            ],
            "over": [
                [
                    "application_id": "other", "agent_id": .null, "cause": "refused",
                    "since": "2026-11-22T08:00:00Z", "subject": "other",
                    "title": "no longer refused",
                ]
            ],
            "omitted": 0,
        ]
        #expect(json == expected, "\(json.text())")
    }

    private var text: String {
        HeldAdvice(reason: .conflict, key: .hodor).sentence
            + " 2 edits wait, the oldest since 2026-11-21 04:00 UTC."
    }

    @Test("what the server said in its own words is left out, and who is needed is told")
    func quotation() throws {
        var trouble = Trouble.sample(.refused, "the server refused", attention: .before(.hours(1)))
        trouble.detail = "canary"
        let document = DocumentStatus.sample(.retrying) { $0.ownTrouble = trouble }
        var offline = Trouble.sample(.unreachable, "nothing listens")
        offline.since = .before(.hours(2))
        let (_, json) = try news([document], trouble: offline)
        #expect(!json.text().contains("canary"), "\(json.text())")
        #expect(json["new"]?.array?.map { $0["needs_person"]?.bool } == [false, true])
    }

    @Test("many documents and long names are cut to what a pipe holds, and the rest is counted")
    func bounds() throws {
        let long = String(repeating: "n", count: 240)
        let places = (1...50).map { JSONPointer(tokens: [JSONString("\(long)\($0 % 2 == 0)")]) }
        let short = (1...50).map { JSONPointer(tokens: [JSONString(long.prefix(190) + "\($0)")]) }
        for count in [1, 19, 20, 21, 300] {
            for places in [places, short] {
                let documents = (1...count).map { Self.conflict("\(long)\($0)", places: places) }
                let (bytes, json) = try news(documents)
                #expect(bytes.count <= AttentionNews.sizeLimit)
                let entries = json["new"]?.array ?? []
                #expect(!entries.isEmpty && entries.count <= AttentionNews.most)
                #expect(json["omitted"]?.int == count - entries.count)
                for entry in entries {
                    let shown = entry["places"]?.array?.count ?? 0
                    #expect(shown == (places == short ? AttentionNews.mostPlaces : 0))
                    #expect(entry["omitted_places"]?.int == 50 - shown)
                }
            }
        }
    }
}
