import Testing

@testable import arm_server

@Suite("Requests over a WebSocket")
struct WebSocketTests {
    @Test("The vendor's own sample, 718 bytes, is answered with the vendor's own 221")
    func vendorSample() throws {
        let body =
            #"[{"_name":"in","_content":[{"_name":"request","_content":[{"_name":"save_user_data","#
            + #""_attributes":{"application_id":"hodor"},"_content":[{"_name":"user_data","#
            + #""_content":[{"_name":"user_data","_attributes":{"user_data":"{\"myReports\":[{"#
            + #"\"id\":\"1607932267415\",\"name\":\"new_test_new\",\"plotDef\":[{"#
            + #"\"id\":58019194,\"chartType\":\"line\",\"visible\":true,"#
            + #"\"name\":\"................ ............\",\"queueIds\":[],"#
            + #"\"queueMetricIds\":[],\"operatorIds\":[\"102\"],"#
            + #"\"operatorMetricIds\":[\"incomingCallsCount\"]}],"#
            + #"\"dateFrom\":\"2020-12-07T00:00:00.000+07:00\","#
            + #"\"dateTo\":\"2020-12-14T23:59:59.000+07:00\",\"dynamicDate\":\"week\","#
            + #"\"intervalType\":\"auto\"}]}"}}]}]}]}]}]"#
        let message = RawMessage.message(50, "save_user_data", body)
        #expect(message.starts(with: "0100000007180050save_user_data ".utf8))
        let socket = try EmbeddedWebSocket()
        let frames = try socket.send(.text(message))
        #expect(
            frames.map { String(decoding: $0.payload, as: UTF8.self) } == [
                #"0100000002210050200[{"_name":"out","_attributes":{"#
                    + #""xmlns:xs":"http://www.w3.org/2001/XMLSchema-instance","#
                    + #""xs:noNamespaceSchemaLocation":"save_user_data.xsd"},"#
                    + #""_content":[{"_name":"response","_content":[{"_name":"ok"}]}]}]"#
            ]
        )
        #expect(try socket.station.read().contains("{&quot;myReports&quot;:[{"))
    }

    @Test("What one transport saves the other reads, byte for byte")
    func sameStore() throws {
        let texts = [
            #"{"a":"привет й и\u0306 🙂","b":"\u0000\ud800 \\ \" </>&'"}"#, "not JSON", "",
            "tab\there, line\r\nthere, \u{7F}\u{2028}",
        ]
        for text in texts {
            let socket = try EmbeddedWebSocket()
            #expect(try socket.ask(RawMessage.save(1, text)).map(\.isOK) == [true])
            let stored = try #require(try socket.station.readContent())
            #expect(VendorShape.json(of: stored)?.utf8.elementsEqual(text.utf8) == true)
            let read = try socket.ask(RawMessage.read(2)).first?.document()
            #expect(read?.utf8.elementsEqual(text.utf8) == true)
        }
    }

    @Test("Nodes of any kind come back as they went in, and as XML the same")
    func anyContent() throws {
        let content =
            #"["text <&>",{"_name":"p:a","_attributes":{"xmlns:p":"urn:x","z":"1","b":"2"},"#
            + #""_content":[{"_name":"p:b"}," "]},"tail"]"#
        let socket = try EmbeddedWebSocket()
        #expect(try socket.ask(RawMessage.save(1, content: content)).map(\.isOK) == [true])
        #expect(try socket.ask(RawMessage.read(2)).first?.body.contains(content) == true)
        let xml =
            #"text &lt;&amp;&gt;<p:a xmlns:p="urn:x" z="1" b="2"><p:b/> </p:a>tail</user_data>"#
        #expect(try socket.station.read().contains(xml))
    }

    @Test("Hundreds of requests in one go are answered each under its number, over one connection")
    func manyInFlight() throws {
        let socket = try EmbeddedWebSocket()
        let messages = (0..<300).flatMap { number in
            RawFrame.text(RawMessage.save((9900 + number) % 10_000, application: "a\(number)"))
                .bytes()
        }
        let answers = try socket.frames(in: socket.send(bytes: messages)).map(RawAnswer.init)
        #expect(answers.map(\.number) == (0..<300).map { (9900 + $0) % 10_000 })
        #expect(answers.allSatisfy { $0.isOK })
        let records = try socket.station.records()
        #expect(records.map(\.number) == answers.map(\.number))
        #expect(records.map(\.application) == (0..<300).map { "a\($0)" })
        #expect(Set(records.map(\.transport)) == [.websocket])
        let connections = try socket.station.handshakes().map(\.connection)
        #expect(connections.count == 1)
        #expect(Set(records.map(\.connection)) == Set(connections))
    }

    @Test("Head and payload of an answer leave in one write, whatever its size")
    func oneWrite() throws {
        for text in ["", String(repeating: "x", count: 400), String(repeating: "x", count: 70_000)]
        {
            let socket = try EmbeddedWebSocket()
            _ = try socket.ask(RawMessage.save(1, text))
            let writes = try socket.send(bytes: RawFrame.text(RawMessage.read(2)).bytes())
            #expect(writes.count == 1)
            #expect(try RawAnswer(socket.frames(in: writes)[0]).document() == text)
        }
    }

    @Test(
        "A read of what was never saved, and a save without an agent, mean what they mean over HTTP"
    )
    func absentAndSession() throws {
        for (form, ending) in [
            (AbsentForm.empty, #"[{"_name":"response","_content":[{"_name":"user_data"}]}]}]"#),
            (.missing, #"[{"_name":"response"}]}]"#),
            (.error, #"stored for this application and agent"]}]}]"#),
        ] {
            var options = Switchboard.Options()
            options.absentForm = form
            options.sessionAgent = "7"
            let socket = try EmbeddedWebSocket(on: Station(options: options))
            #expect(try socket.ask(RawMessage.read(1)).first?.body.hasSuffix(ending) == true)
            _ = try socket.ask(RawMessage.save(2))
            #expect(try socket.station.records().map(\.agent) == ["102", "7"])
        }
    }

    @Test("The command's name may be padded with NULs")
    func padding() throws {
        let text = String(decoding: RawMessage.save(3), as: UTF8.self)
        let message = RawMessage.message(
            3,
            "save_user_data",
            String(text.dropFirst(48)),
            padding: "\0"
        )
        #expect(try EmbeddedWebSocket().ask(message).map(\.isOK) == [true])
    }
}
