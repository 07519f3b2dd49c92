import Testing

@Suite("Many documents")
struct ManyDocumentsTests {
    @Test("one sync saves thirty, over no more connections than it needs")
    func thirty() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil, settings: #""parallel": 3"#)
        for number in 1...30 {
            #expect(
                try station.run("set", "/n", "\(number)", "-a", "hodor", "-g", "agent \(number)")
                    .code == 0
            )
        }
        try server.forgetRequests()
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        let lines = try outcome.decoded(SyncLine.self)
        #expect(lines.compactMap(\.result) == Array(repeating: "saved", count: 30))
        #expect(lines.last?.requests == 90)
        #expect(lines.last?.edits == 30)
        let requests = try server.requests()
        #expect(requests.count == 90)
        let connections = Set(requests.map(\.connection)).count
        #expect(connections <= (TransportUnderTest.current == .http ? 3 : 1))
        for number in 1...30 {
            #expect(try server.document("hodor", "agent%20\(number)") == #"{"n":\#(number)}"#)
        }
        let totals = try station.status().totals
        #expect(totals.documents == 30)
        #expect(totals.pending_edits == 0)
    }

    @Test("one that is refused does not keep the others back")
    func oneRefused() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil, settings: #""parallel": 1"#)
        for number in 1...4 {
            #expect(try station.run("set", "/n", "1", "-a", "hodor", "-g", "\(number)").code == 0)
        }
        try server.set(faults: "refuse@save")
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 75)
        let words = try outcome.decoded(SyncLine.self).compactMap(\.result)
        #expect(words == ["refused", "saved", "saved", "saved"], "\(outcome.words)")
        #expect(try station.status().totals.pending_edits == 1)
    }

    @Test("flags choose one; the configuration's list is fetched before a first edit")
    func choosing() throws {
        let server = try SampleServer()
        let station = try Station(
            server,
            settings: #""documents": [{"application": "listed", "agent": "7"}]"#
        )
        try server.put(#"{"from":"there"}"#, "listed", "7")
        #expect(try station.run("set", "/a", "1", "-a", "one").code == 0)
        #expect(try station.run("set", "/a", "1", "-a", "two").code == 0)
        #expect(try station.run("sync", "-a", "two").code == 0)
        #expect(try server.document("one") == nil)
        #expect(try server.document("two") == #"{"a":1}"#)
        #expect(try station.run("sync").code == 0)
        #expect(try server.document("one") == #"{"a":1}"#)
        #expect(
            try station.run("get", "--json", "-a", "listed", "-g", "7").output
                == #"{"from":"there"}"# + "\n"
        )
    }

    @Test(
        "ids of every kind are one document each, here and there",
        arguments: [
            "../../x", "..", ".", "_", "-", "a/b", "a\\b", "%41", "Ж", "e\u{301}", "\u{E9}", "a b",
            "'\"<&>",
            String(repeating: "x", count: 240), String(repeating: "Ж", count: 40),
        ]
    )
    func ids(id: String) throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil)
        let chosen = ["--application=\(id)", "--agent=\(id)"]
        #expect(try station.run(["set", "/id", "1"] + chosen).code == 0)
        let document = try station.document()
        #expect(document.application_id.utf8.elementsEqual(id.utf8))
        #expect(document.agent_id.map { $0.utf8.elementsEqual(id.utf8) } == true)
        #expect(try station.sync().code == 0)
        let saved = try #require(server.requests().first { $0.isSave })
        #expect(saved.application.map { $0.utf8.elementsEqual(id.utf8) } == true)
        #expect(saved.agent.map { $0.utf8.elementsEqual(id.utf8) } == true)
        let files = try station.shell("find \"$HOME\" -type f -name 'journal*'").lines
        #expect(files.count == 1)
        #expect(files.allSatisfy { $0.hasPrefix("\(station.state)/documents/") }, "\(files)")
    }

    @Test(
        "an id that cannot name a folder is 64",
        arguments: [
            "", "a\nb", "\u{7F}", String(repeating: "Ж", count: 2048),
            String(repeating: "x", count: 241),
        ]
    )
    func unusable(id: String) throws {
        let station = try Station()
        for flag in ["--application", "--agent"] {
            let outcome = try station.run(["set", "/a", "1", "\(flag)=\(id)"])
            #expect(outcome.code == 64, "\(outcome.words)")
            #expect(outcome.errors.count < 500)
        }
        #expect(try station.status().documents.isEmpty)
    }
}
