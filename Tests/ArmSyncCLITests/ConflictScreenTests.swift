import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("A conflict on the screen, and as JSON")
struct ConflictScreenTests {
    private func conflict(
        base: JSONValue?,
        mine: JSONValue,
        remote: Remote
    ) throws -> OpenConflict {
        var state = DocumentState()
        state.binding = .sample
        state.base = base.map { .value(Content(value: $0, form: .json)) } ?? .absent
        state.local = Content(value: mine, form: .json)
        state.remote = remote
        var settings = SyncSettings()
        settings.binding = .sample
        return try #require(OpenConflict(.hodor, state, settings))
    }

    private func screen(
        _ conflict: OpenConflict,
        at pointer: String = "",
        naming: CommandNaming = CommandNaming()
    ) throws -> String {
        let lines = ConflictScreen(console: .plain, naming: naming)
            .lines(of: conflict, at: try JSONPointer(parsing: pointer))
        return lines.joined(separator: "\n")
    }

    private static let base: JSONValue = [
        "reports": [["id": 1, "name": "calls"], ["id": 2, "name": "queues"]],
        "filters": [
            "team": "day", "text": .string(JSONString(String(repeating: "long ", count: 40))),
        ],
    ]
    private static let mine: JSONValue = [
        "reports": [["id": 1, "name": "Calls of the week"], ["id": 2, "name": "queues"]],
        "filters": ["team": "night"],
    ]
    private static let theirs: JSONValue = [
        "reports": [["id": 2, "name": "queues"]],
        "filters": ["team": "evening", "text": "short"],
    ]

    @Test("shows what each side changed since both were the same")
    func both() throws {
        let remote = Remote.value(Content(value: Self.theirs, form: .json))
        let conflict = try conflict(base: Self.base, mine: Self.mine, remote: remote)
        try Golden.expect(screen(conflict), is: "conflict")
        try Golden.expect(screen(conflict, at: "/filters/team"), is: "conflict-at-pointer")
        try Golden.expect(screen(conflict, at: "/nowhere"), is: "conflict-nowhere")
    }

    @Test("leaves out flags that say nothing, and breaks a long command where a shell reads on")
    func naming() throws {
        let remote = Remote.value(Content(value: Self.theirs, form: .json))
        let conflict = try conflict(base: Self.base, mine: Self.mine, remote: remote)
        let plain = try screen(conflict, naming: CommandNaming(standard: .hodor, isOnly: true))
        #expect(!plain.contains(" -a ") && !plain.contains("\\"), "\(plain)")

        let long = try self.conflict(
            base: [:],
            mine: ["a name that is not short at all": 1],
            remote: .value(Content(value: ["a name that is not short at all": 2], form: .json))
        )
        let text = try screen(long)
        let digest = try #require(long.places.first?.digest.text)
        #expect(
            text.contains(
                """
                      arm-sync resolve '/a name that is not short at all' \\
                        --mine --seen \(digest) -a hodor -g 102

                """
            ),
            "\(text)"
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
    }

    @Test("flags stay where leaving them out would name another document, or more than one")
    func otherNames() {
        let other = CommandNaming(standard: DocumentKey(application: "hodor", agent: "103"))
        #expect(other.flags(for: .hodor) == " -a hodor -g 102")
        let several = CommandNaming(standard: .hodor)
        #expect(several.flags(for: .hodor) == "")
        #expect(several.flagsAmongAll(for: .hodor) == " -a hodor -g 102")
        #expect(CommandNaming(isOnly: true).flagsAmongAll(for: .hodor) == " -a hodor -g 102")
    }

    @Test("shows a server that has lost the document")
    func emptied() throws {
        let conflict = try conflict(base: Self.base, mine: Self.base, remote: .absent)
        try Golden.expect(screen(conflict), is: "conflict-emptied")
    }

    @Test("shows a server's foreign words without what would steer a terminal")
    func foreign() throws {
        let remote = Remote.foreign(
            ForeignContent(text: "\u{1B}[31mred\u{9B}2J\r\nnext\u{7F}", reason: "not \u{7}JSON")
        )
        let conflict = try conflict(base: nil, mine: ["a": 1], remote: remote)
        let text = try screen(conflict)
        #expect(
            text.unicodeScalars.allSatisfy {
                $0 == "\n" || $0.properties.generalCategory != .control
            }
        )
        try Golden.expect(text, is: "conflict-foreign")
    }

    @Test("a side that lacks the value has no such member in JSON")
    func json() throws {
        let first = try conflict(
            base: ["b": 1],
            mine: ["b": 1, "a": "here"],
            remote: .value(Content(value: ["b": 1, "a": "there"], form: .json))
        )
        let digest = try #require(first.places.first?.digest.text)
        #expect(
            first.json().map { $0.text(.compact) } == [
                #"{"application_id":"hodor","agent_id":"102","pointer":"/a","mine":"here","#
                    + #""theirs":"there","mine_pointer":"/a","theirs_pointer":"/a","#
                    + #""digest":"\#(digest)","held_because":"conflict"}"#
            ]
        )
        let emptied = try conflict(base: ["a": 1], mine: ["a": 1], remote: .absent)
        let whole = try #require(emptied.places.first?.digest.text)
        #expect(
            emptied.json().map { $0.text(.compact) } == [
                #"{"application_id":"hodor","agent_id":"102","pointer":"","base":{"a":1},"#
                    + #""mine":{"a":1},"digest":"\#(whole)","held_because":"remote_emptied"}"#
            ]
        )
    }

    @Test("a digest moves with every side, and with nothing else")
    func digests() throws {
        func digest(_ base: JSONValue, _ mine: JSONValue, _ theirs: JSONValue) throws -> String {
            let conflict = try conflict(
                base: base,
                mine: mine,
                remote: .value(Content(value: theirs, form: .json))
            )
            return ConflictDigest(of: conflict.places(at: try JSONPointer(parsing: "/a"))).text
        }
        let shown = try digest(["a": 1, "b": 1], ["a": 2, "b": 1], ["a": 3, "b": 1])
        #expect(try digest(["a": 1, "b": 1], ["a": 2, "b": 9], ["a": 3, "b": 1]) == shown)
        #expect(try digest(["a": 1, "b": 1], ["a": 2, "b": 9], ["a": 3, "b": 8]) == shown)
        #expect(try digest(["a": 0, "b": 1], ["a": 2, "b": 1], ["a": 3, "b": 1]) != shown)
        #expect(try digest(["a": 1, "b": 1], ["a": 0, "b": 1], ["a": 3, "b": 1]) != shown)
        #expect(try digest(["a": 1, "b": 1], ["a": 2, "b": 1], ["a": 0, "b": 1]) != shown)
        #expect(try digest(["b": 1], ["a": 2, "b": 1], ["a": 3, "b": 1]) != shown)
    }
}
