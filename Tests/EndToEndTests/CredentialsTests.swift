import Foundation
import Glibc
import Testing

@Suite("Credentials", .enabled(if: Nginx.isInstalled, "needs nginx-light"))
struct CredentialsTests {
    /// What must never show.
    static let canary = "s3cret-canary"

    /// One way to give the secret, and what nginx must find in the request.
    struct Way: Sendable, CustomTestStringConvertible {
        var name: String
        /// The members of `credentials`; `SECRET` is the path of a file with the text below.
        var settings: String
        var secret = CredentialsTests.canary + "\n"
        var variable: String
        var expected: String

        var testDescription: String { name }
    }

    static let ways: [Way] = [
        Way(
            name: "basic, the password in a file",
            settings: #""type": "basic", "username": "op", "password_file": "SECRET""#,
            variable: "$http_authorization",
            expected: "Basic " + Data("op:\(canary)".utf8).base64EncodedString()
        ),
        Way(
            name: "basic, the password in the configuration",
            settings: #""type": "basic", "username": "op", "password": "s3cret-canary""#,
            variable: "$http_authorization",
            expected: "Basic " + Data("op:\(canary)".utf8).base64EncodedString()
        ),
        Way(
            name: "a header",
            settings: #""type": "header", "name": "X-Token", "value_file": "SECRET""#,
            variable: "$http_x_token",
            expected: canary
        ),
        Way(
            name: "a cookie of the Netscape format",
            settings: #""type": "cookie_file", "path": "SECRET""#,
            secret: "127.0.0.1\tFALSE\t/\tTRUE\t0\tsession\t\(canary)\n",
            variable: "$http_cookie",
            expected: "session=\(canary)"
        ),
        Way(
            name: "a command",
            settings: #""type": "command", "command": "cat 'SECRET'; cat 'SECRET' >&2""#,
            secret: "header=X-Token: \(canary)\n",
            variable: "$http_x_token",
            expected: canary
        ),
    ]

    /// Everything the station has written, and what its programs said, without the files that hold
    /// the secret on purpose.
    private func traces(_ station: Station) throws -> [String] {
        let outcome = try station.shell(
            "grep -r -l -a -e \(Self.canary) -e \(Self.encoded) \"$HOME\" | "
                + "grep -v -e '^[^ ]*/secret$' -e '^[^ ]*/config.json$' -e nginx-"
        )
        return outcome.lines
    }

    private static let encoded = Data("op:\(canary)".utf8).base64EncodedString()

    @Test("reach the server, and show nowhere else", arguments: ways)
    func canary(way: Way) throws {
        let site = try TLSTests.Site()
        let secret = try site.station.writeSecret(way.secret, to: "secret")
        let settings = way.settings.replacing("SECRET", with: secret)
        try site.open(
            location: "if (\(way.variable) != '\(way.expected)') { return 401; }",
            settings: [#""credentials": {\#(settings)}"#]
        )
        chmod("\(site.station.home)/config.json", 0o600)
        #expect(try site.station.run("set", "/a", "1").code == 0)
        let outcomes = [
            try site.station.run("sync", "--verbose"),
            try site.station.run("status", "--json", "--verbose"),
            try site.station.run("status", "--verbose"),
        ]
        for outcome in outcomes {
            #expect(outcome.code == 0, "\(outcome.words)")
            #expect(!outcome.words.contains("canary"), "\(outcome.words)")
        }
        #expect(try site.server.document() == #"{"a":1}"#)
        #expect(try traces(site.station) == [])
        let planted = try site.station.write("x\(Self.canary)x", to: "state/planted")
        #expect(try traces(site.station) == [planted], "the search finds nothing")

        // Turned away, when there is more to say.
        try site.station.writeSecret(way.secret.replacing("canary", with: "other"), to: "secret")
        try site.station.write(
            try site.station.contents("\(site.station.home)/config.json")
                .replacing(Self.canary, with: "s3cret-other"),
            to: "config.json"
        )
        chmod("\(site.station.home)/config.json", 0o600)
        for command in [["sync", "--verbose"], ["status", "--verbose"], ["status", "--json"]] {
            let outcome = try site.station.run(command)
            #expect(outcome.code == (command[0] == "sync" ? 77 : 0), "\(outcome.words)")
            #expect(!outcome.words.contains("s3cret-other"), "\(outcome.words)")
        }
    }

    @Test(
        "are refused in a file that others can read, with what to type",
        arguments: ways.prefix(4)
    )
    func readable(way: Way) throws {
        let site = try TLSTests.Site()
        let secret = try site.station.writeSecret(way.secret, to: "secret")
        let settings = way.settings.replacing("SECRET", with: secret)
        try site.open(settings: [#""credentials": {\#(settings)}"#])
        let isInline = !way.settings.contains("SECRET")
        #expect(chmod(secret, 0o644) == 0)
        #expect(try site.station.run("set", "/a", "1").code == (isInline ? 78 : 0))
        let outcome = try site.station.run("sync")
        #expect(outcome.code == 78, "\(outcome.words)")
        let file = isInline ? "\(site.station.home)/config.json" : secret
        #expect(outcome.words.unwrapped.contains("chmod 600 \(file)"), "\(outcome.words)")
        #expect(!outcome.words.contains("canary"), "\(outcome.words)")
        #expect(try site.nginx?.protocols == [])

        #expect(chmod(file, 0o600) == 0)
        #expect(try site.station.run("set", "/a", "1").code == 0)
        #expect(try site.station.run("sync", "--if-due").code == 0)
        #expect(try site.server.document() == #"{"a":1}"#)
    }

    @Test("in the server's address are refused and not repeated")
    func userInformation() throws {
        let station = try Station()
        let address = "http://op:\(Self.canary)@127.0.0.1:1"
        let file = try station.run("status")
        #expect(file.code == 0)
        for outcome in [
            try station.run("sync", "--server", address, "--domain", "d"),
            try station.run("status", "--server", address, "--domain", "d"),
            try station.shell("ARM_SYNC_SERVER='\(address)' arm-sync sync"),
        ] {
            #expect(outcome.code == 78, "\(outcome.words)")
            #expect(!outcome.words.contains("canary"), "\(outcome.words)")
        }
        #expect(try traces(station) == [])
    }

    @Test("are in no command line and no environment of the command that hands them out")
    func processes() throws {
        let site = try TLSTests.Site()
        let secret = try site.station.writeSecret(Self.canary, to: "secret")
        // The command looks at itself and at the program that started it.
        let helper = """
            for p in $$ $PPID; do cat /proc/$p/cmdline /proc/$p/environ; done > "$HOME/seen"
            printf 'header=X-Token: '; cat '\(secret)'
            """
        let script = try site.station.write(helper, to: "helper")
        try site.open(
            location: "if ($http_x_token != '\(Self.canary)') { return 401; }",
            settings: [
                #""credentials": {"type": "command", "command": ["/bin/sh", "\#(script)"]}"#
            ]
        )
        #expect(try site.station.run("set", "/a", "1").code == 0)
        #expect(try site.station.run("sync").code == 0)
        let seen = try site.station.contents("\(site.station.home)/seen")
        #expect(seen.contains("arm-sync\0sync\0"), "\(seen)")
        #expect(seen.contains("ARM_SYNC_CONFIG="), "\(seen)")
        #expect(!seen.contains("canary"), "\(seen)")
    }

    @Test("of a command are asked for again, once, where the first are turned away")
    func renewed() throws {
        let site = try TLSTests.Site()
        let log = "\(site.station.home)/asked"
        let helper = """
            while read line; do case $line in reason=*) echo "$line" >> '\(log)'; esac; done
            if [ $(wc -l < '\(log)') -gt 1 ]; then echo 'cookie=session=new'
            else echo 'cookie=session=old'; fi
            """
        let script = try site.station.write(helper, to: "helper")
        try site.open(location: "if ($http_cookie != 'session=new') { return 401; }")
        site.station.environment["ARM_SYNC_CREDENTIALS_COMMAND"] = "sh '\(script)'"
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expectSaved()
        #expect(try site.station.contents(log) == "reason=first\nreason=refused\n")
    }

    @Test("of a command that fails are no reason to ask the server; edits stay, and why is said")
    func failing() throws {
        let site = try TLSTests.Site()
        try site.open(settings: [
            #""credentials": {"type": "command", "command": "echo 'the vault is sealed' >&2; exit 4"}"#
        ])
        #expect(try site.station.run("set", "/a", "1").code == 0)
        let outcome = try site.station.run("sync")
        #expect(outcome.code == 78, "\(outcome.words)")
        #expect(outcome.output.contains("exit code 4"), "\(outcome.words)")
        #expect(outcome.errors == "credentials command: the vault is sealed\n")
        #expect(try site.nginx?.protocols == [])
        #expect(try site.station.document().pending_edits == 1)
        #expect(try site.station.run("retry").code == 0)
        #expect(try site.station.run("sync", "--cron").errors.contains("vault") == false)
    }

    @Test(
        "that are half configured are 78, with the key that is missing",
        arguments: [
            (#"{"type": "basic", "password_file": "/p"}"#, "credentials.username"),
            (#"{"type": "basic", "username": "u"}"#, "credentials.password_file"),
            (#"{"type": "header", "value_file": "/v"}"#, "credentials.name"),
            (#"{"type": "cookie_file"}"#, "credentials.path"),
            (#"{"type": "command"}"#, "credentials.command"),
        ]
    )
    func incomplete(settings: String, key: String) throws {
        let server = try SampleServer()
        let station = try Station(server, settings: #""credentials": \#(settings)"#)
        #expect(try station.run("set", "/a", "1").code == 0)
        let outcome = try station.run("sync")
        #expect(outcome.code == 78)
        #expect(outcome.errors.contains("\"\(key)\""), "\(outcome.words)")
    }

    @Test("are asked for in words where the server wants some and none are configured")
    func none() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try server.set(faults: "401*2")
        #expect(try station.run("set", "/a", "1").code == 0)
        let outcome = try station.run("sync")
        #expect(outcome.code == 77)
        #expect(outcome.output.unwrapped.contains("\"credentials\" names none"), "\(outcome.words)")
    }
}
