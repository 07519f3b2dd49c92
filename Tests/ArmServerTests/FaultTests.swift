import Testing

@testable import arm_server

@Suite("Faults strike")
struct FaultTests {
    @Test(
        "A fault instead of the answer keeps a save from being carried out, unless it comes after",
        arguments: [
            "refuse", "status:500", "401", "403", "redirect", "garbage", "empty", "hang", "reset",
        ]
    )
    func carriedOut(_ kind: String) throws {
        let after = kind + (kind.contains(":") ? ",after" : ":after")
        for (specification, isStored) in [(kind, false), (after, true)] {
            let station = try Station(faults: [specification])
            _ = station.post(.save, Station.saveRequest("<new/>"))
            #expect(try station.readContent()?.count == (isStored ? 1 : 0), "\(specification)")
            let record = try #require(try station.records().first)
            #expect(record.outcome == (isStored ? "saved" : "nothing"))
            #expect(record.fault == specification)
        }
    }

    @Test(
        "What a fault says in the answer's place",
        arguments: [
            ("refuse:line_busy", 200, "<error code=\"line_busy\">"),
            ("status:503", 503, "status 503 on purpose"), ("401", 401, "log in first"),
            ("403", 403, "<error code=\"cannot_perform_cmd\">"), ("redirect:307", 307, "<html>"),
            ("garbage", 200, "<!DOCTYPE html>"), ("empty", 200, ""),
        ]
    )
    func substitutes(_ specification: String, _ status: Int, _ text: String) throws {
        let station = try Station(faults: [specification])
        let delivery = station.post(.read, Station.readRequest())
        #expect(try station.status(delivery) == status)
        let body = try station.body(delivery)
        #expect(text.isEmpty ? body.isEmpty : body.contains(text))
        #expect(try station.records().first?.status == status)
        #expect(try station.read().contains("<user_data/>"), "it strikes once")
    }

    @Test(
        "The header fields that belong to a status come with it",
        arguments: [
            ("status:503,retry-after=7", "Retry-After: 7"), ("401", "WWW-Authenticate: Basic"),
            ("redirect", "Location: /portal/login"),
        ]
    )
    func fields(_ specification: String, _ field: String) throws {
        let station = try Station(faults: [specification])
        guard case .reply(let reply, _) = station.post(.read, Station.readRequest()) else {
            Issue.record("there is no reply")
            return
        }
        let text = String(decoding: HTTPAnswer(reply).bytes, as: UTF8.self)
        #expect(text.contains("\r\n" + field))
    }

    @Test("Silence, close and reset are carried to the transport")
    func noAnswer() throws {
        let station = try Station(faults: ["hang", "close-before", "reset"])
        let deliveries = (0..<3).map { _ in station.post(.read, Station.readRequest()) }
        guard case .silence = deliveries[0], case .close = deliveries[1],
            case .reset = deliveries[2]
        else {
            Issue.record("\(deliveries)")
            return
        }
        #expect(try station.records().map(\.status) == [nil, nil, nil])
    }

    @Test("A delay keeps the right answer")
    func delay() throws {
        let station = try Station(faults: ["delay:500ms"])
        let delivery = station.post(.save, Station.saveRequest("<x/>"))
        guard case .reply(_, let delay) = delivery else { throw Unanswered() }
        #expect(delay == .milliseconds(500))
        #expect(try station.body(delivery).contains("<ok/>"))
    }

    @Test("Half an answer is cut in its XML")
    func half() throws {
        let whole = try Station().read()
        let half = try Station(faults: ["half"]).read()
        #expect(half.utf8.count == whole.utf8.count / 2)
        #expect(whole.hasPrefix(half))
    }

    @Test("A large answer has the size asked for, and is the right one")
    func large() throws {
        let body = try Station(faults: ["large:3m"]).read()
        #expect(body.utf8.count == 3 << 20)
        #expect(try XMLReader.element(from: Array(body.utf8)).name == "out")
    }

    @Test("A deep answer is nested as deep as asked for, and well-formed")
    func deep() throws {
        let body = try Station(faults: ["deep:100", "deep:100000"]).read()
        var element = try XMLReader.element(from: Array(body.utf8))
        var levels = 0
        while let child = element.children.first {
            element = child
            levels += element.name == "n" ? 1 : 0
        }
        #expect(levels == 100)
        let deepest = try Station(faults: ["deep:100000"]).save("<x/>")
        #expect(deepest.utf8.count > 700_000)
    }

    @Test("A document type declaration stands where it would be obeyed")
    func doctype() throws {
        let body = try Station(faults: ["dtd"]).read()
        #expect(body.contains("?>\n<!DOCTYPE out [<!ENTITY e SYSTEM "))
        #expect(body.contains("]>\n<out "))
    }

    @Test("A lost save is answered with ok")
    func lose() throws {
        let station = try Station(faults: ["lose"])
        #expect(try station.save("<new/>").contains("<ok/>"))
        #expect(try station.readContent()?.isEmpty == true)
        #expect(try station.records().map(\.outcome) == ["lost", "read"])
    }

    @Test(
        "An altered save is answered with ok and differs a little",
        arguments: [
            ("<user_data user_data='{ }'/>", "{&quot;altered&quot;:true}"),
            ("<user_data user_data='{\"a\":1}'/>", "{&quot;a&quot;:1,&quot;altered&quot;:true}"),
            ("<user_data user_data='[1]'/>", "<user_data user_data=\"[1]\"/><altered/>"),
            ("<other/>", "<other/><altered/>"),
        ]
    )
    func alter(_ content: String, _ stored: String) throws {
        let station = try Station(faults: ["alter"])
        #expect(try station.save(content).contains("<ok/>"))
        #expect(try station.read().replacing("{ ", with: "{").contains(stored))
    }

    @Test("A fault for saves lets reads pass, and waits")
    func otherCommand() throws {
        let station = try Station(faults: ["refuse@save"])
        #expect(try station.read().contains("<user_data/>"))
        #expect(try station.save("<x/>").contains("<error"))
        #expect(try station.save("<x/>").contains("<ok/>"))
    }
}
