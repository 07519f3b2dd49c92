import Testing

@Suite("Bad input")
struct BadInputTests {
    /// A command line that cannot be carried out, and what is said of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var input: String?
        var code: Int32 = 65
        var says: String

        var testDescription: String {
            (arguments + [String(input?.prefix(20) ?? "")]).joined(separator: " ")
        }
    }

    static let deep = String(repeating: "[", count: 100_000)

    static let cases: [Case] = [
        Case(arguments: ["set", "/a", "{\"b\":\n  tru}"], says: "line 2, column 3"),
        Case(arguments: ["set", "/a", "text"], says: #"arm-sync set /a '"text"'"#),
        Case(arguments: ["set", "/a", ""], says: "line 1, column 1"),
        Case(arguments: ["set", "/a", "-"], input: "[1,]", says: "standard input"),
        Case(arguments: ["set", "a", "1"], says: "a"),
        Case(arguments: ["set", "/x~2", "1"], says: "~"),
        Case(arguments: ["set", "/not/there", "1"], says: "--parents"),
        Case(arguments: ["set", "/list/7", "1"], says: "7"),
        Case(arguments: ["set", "/list/01", "1"], says: "01"),
        Case(arguments: ["unset", "/not"], says: "not"),
        Case(arguments: ["unset", ""], says: "arm-sync clear"),
        Case(arguments: ["get", "/not/there"], says: "not"),
        Case(arguments: ["get", "/list/-"], says: "-"),
        Case(arguments: ["import", "-"], input: "", says: "line 1, column 1"),
        Case(arguments: ["import", "-"], input: "\u{FEFF}{}", says: "column 1"),
        Case(arguments: ["import", "-"], input: "{\"a\":1}x", says: "column 8"),
        Case(arguments: ["import", "-"], input: deep, says: "512"),
        Case(arguments: ["patch", "-"], input: "{}", says: "standard input"),
        Case(arguments: ["patch", "-"], input: #"[{"op":"jump","path":""}]"#, says: "operation 1"),
        Case(
            arguments: ["patch", "-"],
            input: #"[{"op":"add","path":"/new","value":1},{"op":"test","path":"/old","value":2}]"#,
            says: "operation 2"
        ),
        Case(arguments: ["import", "/not/there"], code: 66, says: "/not/there"),
        Case(arguments: ["patch", "/tmp"], code: 66, says: "/tmp"),
        Case(arguments: ["set", "/a"], code: 64, says: "--string"),
        Case(arguments: ["set", "/a", "-5"], code: 64, says: "--"),
        Case(arguments: ["set", "/a", "1", "--string", "x"], code: 64, says: "--string"),
        Case(arguments: ["frobnicate"], code: 64, says: "frobnicate"),
        Case(arguments: ["get", "--colour"], code: 64, says: "--colour"),
        Case(arguments: ["set", "", "{}"], code: 64, says: "--allow-empty"),
    ]

    @Test(
        "is refused with its place, and nothing is queued",
        .onceForBothTransports,
        arguments: cases
    )
    func refused(input: Case) throws {
        let station = try Station()
        let start = #"{"old":1,"list":[1,2]}"#
        #expect(try station.run("import", "-", input: start).code == 0)
        let outcome = try station.start(input.arguments, input: input.input).wait()
        #expect(outcome.code == input.code, "\(outcome.words)")
        #expect(outcome.errors.contains(input.says), "\(outcome.errors)")
        #expect(outcome.errors.count < 1000)
        #expect(outcome.output == "")
        #expect(try station.local() == start)
        #expect(try station.document().pending_edits == 1)
    }

    @Test("that is not UTF-8 is refused, and never stored as something else")
    func encoding() throws {
        let station = try Station()
        for words in ["/a --string \"$B\"", "/a \"\\\"$B\\\"\"", "/$B 1", "/a 1 -g $B"] {
            let outcome = try station.shell("B=$(printf 'caf\\351'); arm-sync set \(words)")
            #expect(outcome.code == 65, "\(words): \(outcome.words)")
            #expect(outcome.errors.contains("UTF-8"), "\(outcome.errors)")
        }
        let variable = try station.shell("ARM_SYNC_AGENT=$(printf 'caf\\351') arm-sync set /a 1")
        #expect(variable.code == 78, "\(variable.words)")
        #expect(variable.errors.contains("ARM_SYNC_AGENT"), "\(variable.errors)")
        // Others are none of our business.
        let other = try station.shell("OTHER=$(printf 'caf\\351') arm-sync status")
        #expect(other.code == 0, "\(other.words)")
        let piped = try station.shell("printf '\"caf\\351\"' | arm-sync set /a -")
        #expect(piped.code == 65 && piped.errors.contains("column 5"), "\(piped.words)")
        #expect(try station.status().documents.isEmpty)
    }

    @Test("of more than 4 MiB is refused; what just fits is saved and read back")
    func size() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        let text = String(repeating: "x", count: 4 << 20)
        let outcome = try station.run("set", "/big", "-", input: "\"\(text)\"")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("4194304"), "\(outcome.errors.prefix(300))")
        #expect(try station.document().pending_edits == 1)

        let most = String(text.dropLast(#"{"a":1,"big":""}"#.utf8.count))
        #expect(try station.run("set", "/big", "-", input: "\"\(most)\"").code == 0)
        #expect(try station.sync().code == 0)
        #expect(try station.sync() == (0, "unchanged", 1))
        #expect(try server.document()?.utf8.count == 4 << 20)
        // The full document takes no more.
        #expect(try station.run("set", "/b", "1").code == 65)
    }

    @Test("no application: 64, and which setting to give")
    func noApplication() throws {
        let station = try Station()
        try station.write("{}", to: "config.json")
        for arguments in [["get"], ["set", "/a", "1"], ["diff"], ["outbox"], ["rebind"]] {
            let outcome = try station.run(arguments)
            #expect(outcome.code == 64, "\(outcome.words)")
            #expect(outcome.errors.contains("ARM_SYNC_APPLICATION"))
        }
        // Never taken for all of them.
        for command in ["get", "sync", "status", "conflicts", "retry"] {
            #expect(try station.run(command, "-g", "102").code == 64, "\(command)")
        }
        // What concerns every document needs none.
        #expect(try station.run("status").code == 0)
        #expect(try station.run("conflicts").code == 0)
    }

    @Test("emptying a document has to be asked for")
    func emptying() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("unset", "/a").code == 64)
        #expect(try station.run("import", "-", input: "[]").code == 64)
        #expect(try station.local() == #"{"a":1}"#)
        #expect(try station.run("unset", "/a", "--allow-empty").code == 0)
        #expect(try station.local() == "{}")
    }

    @Test("a misspelt name on the way of an edit is pointed out before a new place is offered")
    func misspeltParent() throws {
        let station = try Station(SampleServer(isUp: false))
        #expect(try station.run("set", "/myReports", #"[{"name":"a"}]"#).code == 0)
        let outcome = try station.run("set", "/myReprots/0/name", "1")
        #expect(outcome.code == 65)
        #expect(
            outcome.errors.contains("Did you mean /myReports/0/name?")
                && outcome.errors.contains("--parents"),
            "\(outcome.errors)"
        )
    }
}
