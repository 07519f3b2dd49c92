import Testing

@testable import arm_server

@Suite("Fault specifications")
struct FaultParserTests {
    @Test(
        "Every kind and parameter is read",
        arguments: [
            ("refuse", .substitute(.refusal(code: "cannot_perform_cmd"), carriedOut: false)),
            ("refuse:busy", .substitute(.refusal(code: "busy"), carriedOut: false)),
            ("refuse:after", .substitute(.refusal(code: "cannot_perform_cmd"), carriedOut: true)),
            ("status:500", .substitute(.status(500, retryAfter: nil), carriedOut: false)),
            (
                "status:503,retry-after=7,after",
                .substitute(.status(503, retryAfter: 7), carriedOut: true)
            ),
            ("401", .substitute(.unauthorized, carriedOut: false)),
            ("403", .substitute(.forbidden, carriedOut: false)),
            ("redirect", .substitute(.redirect(302), carriedOut: false)),
            ("redirect:307", .substitute(.redirect(307), carriedOut: false)),
            ("garbage", .substitute(.captivePage, carriedOut: false)),
            ("empty:after", .substitute(.emptyBody, carriedOut: true)),
            ("hang", .substitute(.silence, carriedOut: false)),
            ("hang:after", .substitute(.silence, carriedOut: true)),
            ("close-before", .substitute(.close, carriedOut: false)),
            ("close-after", .substitute(.close, carriedOut: true)),
            ("reset", .substitute(.reset, carriedOut: false)),
            ("truncate", .shape(.truncated)), ("half", .shape(.half)),
            ("large", .shape(.large(byteCount: 30 << 20))),
            ("large:512k", .shape(.large(byteCount: 512 << 10))),
            ("large:1000", .shape(.large(byteCount: 1000))),
            ("deep", .shape(.deep(levels: 100_000))), ("deep:7", .shape(.deep(levels: 7))),
            ("dtd", .shape(.doctype)), ("delay:500ms", .delay(.milliseconds(500))),
            ("delay:3s", .delay(.seconds(3))), ("alter", .meddle(.alter)), ("lose", .meddle(.lose)),
            ("close-frame", .substitute(.closeFrame(code: 1001), carriedOut: false)),
            ("close-frame:4000,after", .substitute(.closeFrame(code: 4000), carriedOut: true)),
            ("sequence", .carriage(.wrongNumber(nil))),
            ("sequence:7", .carriage(.wrongNumber(7))), ("length", .carriage(.wrongLength)),
            ("version", .carriage(.wrongVersion)), ("reverse", .carriage(.reversed(count: 2))),
            ("reverse:9", .carriage(.reversed(count: 9))), ("noise", .carriage(.noisy(rounds: 1))),
            ("noise:2", .carriage(.noisy(rounds: 2))),
            ("fragments", .carriage(.fragmented(count: 3))),
            ("fragments:40", .carriage(.fragmented(count: 40))), ("twice", .carriage(.twice)),
            ("break-off", .carriage(.brokenOff)), ("stall", .carriage(.stalled)),
            ("binary", .carriage(.binary)), ("frame:masked", .carriage(.illegal(.masked))),
            ("frame:reserved", .carriage(.illegal(.reserved))),
            ("frame:encoding", .carriage(.illegal(.encoding))),
            ("frame:endless", .carriage(.illegal(.endless))),
            ("frame:continuation", .carriage(.illegal(.continuation))),
            ("wrong-accept", .opening(.wrongAccept)), ("no-pong", .opening(.muteToPings)),
            ("pings", .opening(.pings(every: .seconds(1)))),
            ("pings:20ms", .opening(.pings(every: .milliseconds(20)))),
        ] as [(String, Fault.Effect)]
    )
    func kinds(_ text: String, _ effect: Fault.Effect) throws {
        let fault = try FaultParser.fault(from: text)
        #expect(fault.effect == effect)
        #expect(fault.remaining == 1)
        #expect(fault.description == text)
    }

    @Test(
        "Command and count are read",
        arguments: [
            ("hang", .any, 1), ("hang@read", .command(.read), 1),
            ("hang@save*3", .command(.save), 3), ("hang@any*0", .any, nil),
            ("hang*forever", .any, nil), ("hang@command", .commands, 1),
            ("hang@handshake", .handshake, 1), ("lose*2", .command(.save), 2),
            ("lose@command", .command(.save), 1),
        ] as [(String, Fault.Scope, Int?)]
    )
    func scope(_ text: String, _ scope: Fault.Scope, _ remaining: Int?) throws {
        let fault = try FaultParser.fault(from: text)
        #expect(fault.scope == scope)
        #expect(fault.remaining == remaining)
    }

    @Test(
        "A specification that cannot be read says what is wrong with it",
        arguments: [
            ("", "no kind ''"), ("refus", "no kind 'refus'; there are refuse, status"),
            ("status", "the status must be from 400 to 599, not ''"),
            ("status:200", "not '200'"), ("status:abc", "not 'abc'"),
            ("status:503,retry-after=soon", "the retry-after must be"),
            ("status:503,later", "'later' means nothing"), ("hang:5", "'5' means nothing"),
            ("delay", "the delay must be like 500ms"), ("delay:5", "not '5'"),
            ("delay:-1s", "not '-1s'"), ("large:9999m", "the size must be"),
            ("large:99999999999999999999m", "the size must be"),
            ("large:0", "the size must be"), ("deep:0", "the levels must be"),
            ("redirect:200", "from 300 to 399"), ("hang@write", "must be read, save or any"),
            ("hang*x", "the count after *"), ("hang*-1", "the count after *"),
            ("lose@read", "@save only"), ("half:after", "'after' means nothing"),
            ("refuse@handshake", "refuse strikes commands, no handshake"),
            ("noise@handshake", "noise strikes commands, no handshake"),
            ("close-after@handshake", "strikes commands, no handshake"),
            ("no-pong@read", "no-pong strikes handshakes, no command"),
            ("wrong-accept@command", "wrong-accept strikes handshakes, no command"),
            ("lose@handshake", "@save only"), ("sequence:10000", "from 0 to 9999"),
            ("fragments:1", "from 2 to"), ("reverse:1", "from 2 to"),
            ("frame", "the frame must be one of masked, reserved"),
            ("frame:odd", "not 'odd'"), ("close-frame:999", "the code must be from 1000"),
            ("pings:soon", "the delay must be"), ("delay:,", "the delay must be"),
            ("refuse:a,b", "'b' means nothing"),
        ]
    )
    func unreadable(_ text: String, _ reason: String) {
        let problem = #expect(throws: FaultProblem.self) { try FaultParser.fault(from: text) }
        #expect(problem?.message.contains(reason) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.contains(text.debugDescription) == true)
    }

    @Test("Of several lines all are taken or none")
    func lines() throws {
        #expect(try FaultParser.faults(fromLines: "hang\r\n\n  half @ read \n").count == 2)
        #expect(throws: FaultProblem.self) { try FaultParser.faults(fromLines: "hang\nhnag") }
    }

    @Test("Faults strike in order, each its own command, as often as it says")
    func queue() throws {
        var queue = FaultQueue()
        queue.append(try FaultParser.faults(fromLines: "half@save*2\nempty@read\nhang@any*forever"))
        let struck = [Command.read, .save, .read, .save, .save].map {
            queue.take(for: .command($0, over: .http))?.description
        }
        #expect(struck == ["empty@read", "half@save", "hang", "half@save", "hang"])
        #expect(queue.text == "hang*forever\n")
    }
}
