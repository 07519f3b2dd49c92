import ArmSync
import Synchronization
import Testing

@testable import ArmSyncCLI

@Suite("A command for credentials", .timeLimit(.minutes(2)))
struct CredentialsCommandTests {
    private func ask(
        _ line: String,
        timeout: Duration = .seconds(60),
        refresh: Duration? = nil,
        complaints: Complaints = Complaints()
    ) async throws -> Credentials {
        try await CredentialsCommand(
            command: ["/bin/sh", "-c", line],
            timeout: timeout,
            refresh: refresh,
            url: "https://switch.example:8086/d/",
            domain: "d",
            now: { .now },
            complain: { complaint, failed in complaints.add(complaint.lines, failed) }
        ).credentials(.refused)
    }

    final class Complaints: Sendable {
        private let all = Mutex<[String]>([])
        var lines: [String] { all.withLock { $0 } }
        func add(_ lines: [String], _ failed: Bool) {
            all.withLock { $0 += lines.map { "\(failed ? "failed" : "well"): \($0)" } }
        }
    }

    @Test("gives a login, headers and cookies, in the manner of git's helpers")
    func answer() async throws {
        let credentials = try await ask(
            """
            printf 'protocol=https\\nusername=op\\npassword=p=w \\n'
            printf 'header=X-Token: t:1\\nheader=X-Empty:\\ncookie=session=a=b\\n'
            """
        )
        #expect(credentials.login == NamedSecret(name: "op", value: "p=w "))
        #expect(
            credentials.headers == [
                NamedSecret(name: "X-Token", value: "t:1"), NamedSecret(name: "X-Empty", value: ""),
            ]
        )
        #expect(credentials.cookies == [NamedSecret(name: "session", value: "a=b")])
        #expect(credentials.expiresAt == nil)
    }

    @Test("is told on its standard input what it is asked for, and why")
    func request() async throws {
        let credentials = try await ask(#"printf 'cookie=all=%s\n' "$(tr '\n' ',')""#)
        #expect(
            credentials.cookies.first?.value
                == "url=https://switch.example:8086/d/,domain=d,reason=refused,,"
        )
    }

    @Test("need not read what it is told")
    func deaf() async throws {
        for _ in 1...20 {
            #expect(try await ask("exec 0<&-; echo cookie=a=b").cookies.count == 1)
        }
    }

    @Test(
        "says how long its answer is good for",
        arguments: [
            ("echo expires=2026-11-22T11:00:00Z", Duration.hours(1)),
            ("echo expires=90", .seconds(90)),
            ("echo expires=1795341660", .seconds(60)), ("true", .minutes(5)),
        ]
    )
    func expiry(line: String, after: Duration) async throws {
        let credentials = try await ask("echo cookie=a=b; \(line)", refresh: .minutes(5))
        #expect(credentials.expiresAt == .now + after)
    }

    @Test(
        "fails in passing, or for good, and no message tells its secret",
        arguments: [
            ("echo password=canary; exit 3", "exit code 3", CredentialError.Code.unavailable),
            ("echo password=canary; kill -9 $$", "signal 9", .unavailable),
            ("exit 127", "\"credentials.command\"", .unusable),
            ("true", "gave none", .unusable),
            ("echo canary", "line 1", .unusable),
            ("echo password=canary", "without the other", .unusable),
            ("echo header=canary", "\"Name: value\"", .unusable),
            ("echo cookie=canary", "name=value", .unusable),
            ("echo 'cookie=a=canary;b=c'", "semicolon", .unusable),
            ("printf 'header=A: canary\\r\\n'", "control character", .unusable),
            ("echo cookie=a=b; echo expires=canary", "RFC 3339", .unusable),
            ("printf 'cookie=a=canary\\377'", "UTF-8", .unusable),
            ("head -c 70000 /dev/zero", "64 KiB", .unusable),
        ]
    )
    func failures(line: String, says: String, code: CredentialError.Code) async throws {
        let error = try await #require(throws: CredentialError.self) { try await ask(line) }
        #expect(error.message.contains(says), "\(error.message)")
        #expect(!error.message.contains("canary"), "\(error.message)")
        #expect(error.code == code)
    }

    @Test("that is not there is a setting's fault")
    func missing() async throws {
        for name in ["/nowhere/helper", "no-such-helper-anywhere"] {
            let command = CredentialsCommand(
                command: [name],
                timeout: .seconds(60),
                refresh: nil,
                url: "",
                domain: "",
                now: { .now },
                complain: { _, _ in }
            )
            let error = try await #require(throws: CredentialError.self) {
                try await command.credentials(.first)
            }
            #expect(error.code == .unusable)
            #expect(error.message.contains("could not be run"), "\(error.message)")
        }
    }

    @Test("is killed with all it started when its time is over")
    func late() async throws {
        let error = try await #require(throws: CredentialError.self) {
            try await ask("tail -f /dev/null & tail -f /dev/null", timeout: .milliseconds(200))
        }
        #expect(error.code == .unavailable)
        #expect(error.message.contains("within 200ms (\"credentials.timeout\")"))
    }

    @Test("may complain, but tells no secret and steers no terminal")
    func complaints() async throws {
        let complaints = Complaints()
        _ = try? await ask(
            """
            set -x; printf 'username=op\\npassword=canary one\\n' 
            printf '\\033[31mlocked\\n' >&2; echo "login with canary one failed" >&2
            echo "Authorization header=Basic canary" >&2; exit 1
            """,
            complaints: complaints
        )
        let text = complaints.lines.joined(separator: "\n")
        #expect(text.contains("failed: \u{FFFD}[31mlocked"), "\(text)")
        #expect(text.contains("failed: login with … failed"), "\(text)")
        #expect(!text.contains("canary"), "\(text)")
    }
}
