import NIOHTTP1
import Testing

@testable import arm_server

@Suite("The control URL")
struct ControlTests {
    static let document = "documents/biysk.local/hodor/102"

    @Test("A document put behind our back is what the next read gives, in the vendor's shape")
    func put() throws {
        let station = try Station()
        let json = #"{"name":"Отчёт \"1\" <&>","tab":"\t"}"#
        #expect(try station.control(.PUT, Self.document, Array(json.utf8)).status == 200)
        #expect(try station.readContent().flatMap(VendorShape.json) == json)
        #expect(try station.control(.GET, Self.document).body == json)
        #expect(try station.control(.DELETE, Self.document).status == 200)
        #expect(try station.control(.GET, Self.document).status == 404)
    }

    @Test("Raw content is put and given as XML")
    func raw() throws {
        let station = try Station()
        #expect(
            try station.control(.PUT, Self.document + "?raw=1", Array("a<b c='1'/>".utf8)).status
                == 200
        )
        #expect(try station.control(.GET, Self.document).body == "a<b c=\"1\"/>")
        _ = try station.save("<user_data user_data='{}'/>")
        #expect(
            try station.control(.GET, Self.document + "?raw=1").body
                == #"<user_data user_data="{}"/>"#
        )
    }

    @Test("Ids in the path are percent-encoded")
    func encodedIds() throws {
        let station = try Station()
        let path = "documents/biysk.local/..%2F%D0%B9%20%22/" + PathSegment.encode("a/b")
        _ = try station.control(.PUT, path, Array("1".utf8))
        #expect(try station.read(application: "../й &quot;", agent: "a/b").contains("\"1\""))
        #expect(PathSegment.decode(PathSegment.encode("../й %2F\u{0}")) == "../й %2F\u{0}")
    }

    @Test(
        "What cannot be put is refused and changes nothing",
        arguments: [
            ("documents/d/a/%ZZ", "1"), ("documents/d/a/%D0", "1"), ("documents/d/a/%4", "1"),
            ("documents/d//b", "1"), (document, "\u{0}"), (document, "\u{FFFF}"),
            (document + "?raw=1", "<a>"), (document + "?raw=1", "</user_data><user_data>"),
        ]
    )
    func unusable(_ path: String, _ body: String) throws {
        let station = try Station()
        #expect(try station.control(.PUT, path, Array(body.utf8)).status == 400)
        #expect(try station.control(.GET, Self.document).status == 404)
    }

    @Test("Faults are queued, shown and cleared; an unreadable one is 400 and queues nothing")
    func faults() throws {
        let station = try Station()
        let added = try station.control(.POST, "faults", Array("refuse*2\nhang@save".utf8))
        #expect(added.status == 200)
        #expect(added.body == "refuse*2\nhang@save*1\n")
        for text in ["refuse\nnonsense", "", "\n"] {
            #expect(try station.control(.POST, "faults", Array(text.utf8)).status == 400)
        }
        #expect(try station.control(.GET, "faults").body == "refuse*2\nhang@save*1\n")
        #expect(try station.read().contains("<error"))
        #expect(try station.control(.GET, "faults").body == "refuse*1\nhang@save*1\n")
        #expect(try station.control(.DELETE, "faults").status == 200)
        #expect(try station.read().contains("<user_data/>"))
    }

    @Test("Requests are listed one JSON object a line, without what documents say, and forgotten")
    func requests() throws {
        let station = try Station(faults: ["close-after"])
        let body = Station.saveRequest("<user_data user_data='secret'/>")
        _ = station.post(.save, body)
        #expect(
            try station.control(.GET, "requests").body
                == #"{"agent":"102","application":"hodor","bytes":\#(body.utf8.count),"#
                + #""command":"save","connection":0,"domain":"biysk.local","fault":"close-after","#
                + #""outcome":"saved","sequence":1,"#
                + #""target":"/biysk.local/service/cc/arm/save_user_data","transport":"http"}"#
                + "\n"
        )
        #expect(try station.control(.DELETE, "requests").status == 200)
        #expect(try station.control(.GET, "requests").body.isEmpty)
        _ = try station.read()
        #expect(try station.records().map(\.sequence) == [2])
    }

    @Test("The record is bounded: the oldest go first")
    func boundedRecords() throws {
        let station = try Station()
        for _ in 0...RecordBook<RequestRecord>.most {
            station.switchboard.note(
                RequestRecord(connection: 1, target: "/", bytes: 0, outcome: "refused")
            )
        }
        let sequences = try station.records().map(\.sequence)
        #expect(sequences.count <= RecordBook<RequestRecord>.most)
        #expect(sequences.last == RecordBook<RequestRecord>.most + 1)
    }

    @Test(
        "Other methods and places are named as such",
        arguments: [
            (HTTPMethod.PUT, "faults", 405), (.POST, "requests", 405), (.POST, document, 405),
            (.GET, "", 404), (.GET, "documents/d/a", 404), (.GET, "faults/1", 404),
        ]
    )
    func elsewhere(_ method: HTTPMethod, _ path: String, _ status: Int) throws {
        #expect(try Station().control(method, path).status == status)
    }

    @Test("Another machine is shown nothing")
    func otherMachine() throws {
        let station = try Station()
        #expect(try station.control(.GET, "requests", isLocal: false).status == 403)
        #expect(try station.control(.PUT, Self.document, [0x31], isLocal: false).status == 403)
        #expect(try station.control(.GET, Self.document).status == 404)
    }
}
