import ArmProtocol
import JSONDocument
import SeededRandom
import Testing

struct HostileMessageTests {
    private static let ok =
        #"[{"_name":"out","_content":[{"_name":"response","_content":"#
        + #"[{"_name":"ok"}]}]}]"#
    private static let stored =
        #"[{"_name":"out","_content":[{"_name":"response","_content":"#
        + #"[{"_name":"user_data","_content":[{"_name":"user_data","#
        + #""_attributes":{"user_data":"{\"й\":[]}"}}]}]}]}]"#
    private static let requests = [
        ArmRequest.read(DocumentKey(application: "a")),
        .save(DocumentKey(application: "a"), .absent),
    ]

    @Test(arguments: [
        ("", "0 bytes, cut short"), ("01000000001800002", "17 bytes, cut short"),
        ("0200000000210000200[]", "not of version 01"),
        ("1 00000000210000200[]", "not of version 01"),
        ("010000000021    200[]", "is no number"), ("01        210000200[]", "is no number"),
        ("01000000002100+0200[]", "is no number"), ("01-0000000210000200[]", "is no number"),
        ("0100000000200000200[]", "21 bytes that claims to have 20"),
        ("0100000000220000200[]", "21 bytes that claims to have 22"),
        ("0199999999990000200[]", "claims to have 9999999999"),
        ("010000000021000020 []", "status of three digits"),
        ("0100000000210000ok1[]", "status of three digits"),
        ("{\"error\":\"not found\"}", "not of version 01"),
        ("<html><body></body></html>", "not of"),
    ])
    func whatHasNoSoundHeaderIsRefused(message: String, reason: String) {
        for request in Self.requests {
            #expect {
                try MessageForm().decode(Array(message.utf8), answering: request)
            } throws: { error in
                (error as? MessageError)?.message.contains(reason) == true
            }
        }
    }

    @Test func aMessageOverTheLimitIsRefusedUnread() {
        let room = MessageForm.largestMessage - 19
        let most = message(body: String(repeating: " ", count: room))
        let tooMuch = message(body: String(repeating: " ", count: room + 1))
        #expect((try? MessageForm().decode(most, answering: Self.requests[0])) != nil)
        #expect {
            try MessageForm().decode(tooMuch, answering: Self.requests[0])
        } throws: { error in
            (error as? MessageError)?.message.contains("16777217 bytes, over the limit") == true
        }
    }

    @Test(arguments: [
        ("", "without a body"), (" \0 ", "without a body"), ("Unauthorized", "no JSON"),
        ("<out><response><ok/></response></out>", "no JSON"), ("[{]", "no JSON"),
        (ok + ok, "no JSON"), ("\u{FEFF}" + ok, "no JSON"), ("null", "not an array with one"),
        ("{}", "not an array with one"), (#"{"_name":"out"}"#, "not an array with one"),
        ("[]", "not an array with one"), ("[1,2]", "not an array with one"),
        (#"["out"]"#, "at /0: a node is an object"), ("[{}]", "at /0: a node needs _name"),
        (#"[{"_name":1}]"#, "at /0/_name: no XML name"),
        (#"[{"_name":""}]"#, "at /0/_name: no XML name"),
        (#"[{"_name":"out","error":1}]"#, "at /0/error: a node has only"),
        (#"[{"_name":"out","_attributes":{"a":1}}]"#, "at /0/_attributes/a: an attribute is"),
        (#"[{"_name":"out","_content":[1]}]"#, "at /0/_content/0: a node is"),
        (#"[{"_name":"out","_content":["\u0000"]}]"#, "U+0000, which XML cannot hold"),
        (#"[{"_name":"out","_content":["\uD800"]}]"#, "a lone surrogate, which XML cannot hold"),
        (#"[{"_name":"out","_attributes":{"a":"\uFFFE"}}]"#, "U+FFFE, which XML cannot hold"),
        (#"[{"_name":"in"}]"#, "'in' instead of 'out'"), (#"[{"_name":"out"}]"#, "neither"),
        (#"[{"_name":"html"}]"#, "an HTML page"),
    ])
    func whatIsNoAnswerKeepsItsStatus(body: String, reason: String) throws {
        for request in Self.requests {
            let answer = try MessageForm().decode(
                message(status: "401", body: body),
                answering: request
            )
            #expect(answer.status == 401)
            #expect(throws: MessageError.self) { try answer.response.get() }
            guard case .failure(let error) = answer.response else { continue }
            #expect(error.message.contains(reason), "\(error.message)")
        }
    }

    @Test func anErrorRepeatsOnlyTheBeginningOfAPlaceAndNothingThatATerminalObeys() throws {
        let name = "\\u001b[2J" + String(repeating: "й", count: 10_000)
        let answer = try MessageForm().decode(
            message(body: "[{\"\(name)\":1}]"),
            answering: Self.requests[0]
        )
        guard case .failure(let error) = answer.response else {
            Issue.record("\(answer)")
            return
        }
        #expect(error.message.hasPrefix("the node tree at /0/\\u001b[2Jйй"))
        #expect(error.message.hasSuffix("й…: a node has only _name, _attributes and _content"))
        #expect(error.message.utf8.count < 1200)
    }

    @Test(arguments: [
        [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ])
    func whatIsNotUTF8IsNoAnswer(bytes: [UInt8]) throws {
        var broken = message(body: Self.ok + String(repeating: " ", count: bytes.count))
        broken.removeLast(bytes.count)
        broken.insert(contentsOf: bytes, at: 28)
        let answer = try MessageForm().decode(broken, answering: Self.requests[1])
        #expect(throws: MessageError.self) { try answer.response.get() }
    }

    @Test(arguments: [" ", "\0", "\0\0\0", "\n", " \0 \0"])
    func paddingAroundTheBodyIsTolerated(padding: String) throws {
        for body in [Self.ok + padding, padding + Self.ok, padding + Self.ok + padding] {
            // JSON allows white space there anyway; NULs are what it does not.
            guard !padding.contains("\n") || !padding.contains("\0") else { continue }
            let answer = try MessageForm().decode(message(body: body), answering: Self.requests[1])
            #expect(answer.response == .success(.saved))
        }
    }

    @Test(arguments: [ok, stored])
    func aMessageCutAnywhereIsNoAnswer(body: String) {
        let whole = message(body: body)
        for end in 0..<whole.count {
            for request in Self.requests {
                #expect(throws: MessageError.self, "cut at \(end)") {
                    try MessageForm().decode(Array(whole[..<end]), answering: request)
                }
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func noBytesTrap(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var bytes = message(body: random.oneIn(2) ? Self.stored : Self.ok)
            for _ in 0..<(1 + random.below(4)) {
                // Most of them behind the header: a broken one is found at once.
                let place = random.oneIn(4) ? random.below(20) : random.below(bytes.count)
                bytes[place] = random.oneIn(3) ? UInt8(random.below(256)) : bytes[random.below(49)]
            }
            if random.oneIn(8) { bytes.removeLast(random.below(bytes.count)) }
            let number = MessageForm.sequence(of: bytes)
            #expect(number.map { (0...9999).contains($0) } ?? true, "seed \(seed)")
            for request in Self.requests {
                _ = try? MessageForm().decode(bytes, answering: request)
            }
        }
    }

    @Test(arguments: [
        ("0100000002210050200[{", 50), ("0100000002219999", 9999), ("0100000002210000", 0),
        ("0200000002210007200", 7), ("0199999999990007", 7), ("01000000022100072x0[", 7),
        ("010000000221005", nil), ("", nil), ("01000000022100 7200", nil),
        ("01 00000022100072", nil), ("01000000022\u{663}0007200", nil),
        ("0100000002210007agent_state", nil), ("0100000002210007Event", nil),
    ])
    func aNumberIsReadFromTheHeaderAlone(message: String, expected: Int?) {
        #expect(MessageForm.sequence(of: Array(message.utf8)) == expected)
    }
}
