import ArmProtocol
import ArmSyncTestKit
import Synchronization
import Testing

@testable import ArmSync

@Suite("A transport that authenticates")
struct AuthenticationTests {
    /// Hands out one after another, the last one for ever, and remembers why it was asked.
    final class Source: CredentialSource {
        private let passwords: [Result<Credentials, CredentialError>]
        private let asked = Mutex<[CredentialReason]>([])

        var reasons: [CredentialReason] { asked.withLock { $0 } }

        init(_ passwords: [Result<Credentials, CredentialError>]) { self.passwords = passwords }

        func credentials(
            _ reason: CredentialReason
        ) async throws(CredentialError) -> Credentials {
            let number = asked.withLock { asked in
                asked.append(reason)
                return asked.count - 1
            }
            return try passwords[min(number, passwords.count - 1)].get()
        }
    }

    /// Accepts one password, and remembers those it was shown.
    final class Server: CredentialedTransport {
        private let accepted: String
        private let refusal: Exchange
        private let seen = Mutex<[String?]>([])

        var passwords: [String?] { seen.withLock { $0 } }

        init(accepting password: String, refusal: Exchange = .page(status: 401)) {
            accepted = password
            self.refusal = refusal
        }

        func exchange(_ request: ArmRequest, with credentials: Credentials) async -> Exchange {
            let password = credentials.login?.value
            seen.withLock { $0.append(password) }
            return password == accepted ? .answered(.saved) : refusal
        }
    }

    static let request = ArmRequest.read(DocumentKey(application: "hodor", agent: "102"))

    @Test("fetches credentials at first need and keeps them")
    func once() async {
        let (source, server) = (Source([.good("right")]), Server(accepting: "right"))
        let transport = AuthenticatingTransport(server, source: source, now: { .zero })
        #expect(source.reasons.isEmpty)
        for _ in 1...3 { #expect(await transport.exchange(Self.request) == .answered(.saved)) }
        #expect(source.reasons == [.first])
    }

    @Test("fetches others once where they are turned away", arguments: [401, 403, 407])
    func replaced(status: Int) async {
        let source = Source([.good("old"), .good("right")])
        let server = Server(accepting: "right", refusal: .page(status: status))
        let transport = AuthenticatingTransport(server, source: source, now: { .zero })
        for _ in 1...2 { #expect(await transport.exchange(Self.request) == .answered(.saved)) }
        #expect(server.passwords == ["old", "right", "right"])
        #expect(source.reasons == [.first, .refused])
    }

    @Test("does not fetch a third time, nor show the same twice: that may lock the account")
    func givenUp() async {
        let source = Source([.good("old"), .good("older"), .good("right")])
        let server = Server(accepting: "right")
        let transport = AuthenticatingTransport(server, source: source, now: { .zero })
        for _ in 1...2 { #expect(await transport.exchange(Self.request).kind == .unauthenticated) }
        #expect(server.passwords == ["old", "older", "older"])

        let same = Source([.good("old")])
        let other = Server(accepting: "right")
        let stubborn = AuthenticatingTransport(other, source: same, now: { .zero })
        #expect(await stubborn.exchange(Self.request).kind == .unauthenticated)
        #expect(other.passwords == ["old"])
        #expect(same.reasons == [.first, .refused])
    }

    @Test("takes a refusal in the switch's own words for no matter of credentials")
    func refused() async {
        let source = Source([.good("old"), .good("right")])
        let server = Server(accepting: "right", refusal: .refused)
        let transport = AuthenticatingTransport(server, source: source, now: { .zero })
        #expect(await transport.exchange(Self.request) == .refused)
        #expect(source.reasons == [.first])
    }

    @Test("fetches others when they expire, and takes what comes expired until it is turned away")
    func expiry() async {
        let now = Mutex(Timestamp.zero)
        let source = Source([
            .good("right", until: .zero + .seconds(60)), .good("right", until: .zero),
        ])
        let server = Server(accepting: "right")
        let transport = AuthenticatingTransport(
            server,
            source: source,
            now: { now.withLock { $0 } }
        )
        _ = await transport.exchange(Self.request)
        _ = await transport.exchange(Self.request)
        #expect(source.reasons == [.first])
        now.withLock { $0 = .zero + .seconds(61) }
        for _ in 1...3 { _ = await transport.exchange(Self.request) }
        #expect(source.reasons == [.first, .expired])
    }

    @Test("fetches once for all that need them at the same time")
    func together() async {
        let source = Source([.good("old"), .good("right")])
        let server = Server(accepting: "right")
        let transport = AuthenticatingTransport(server, source: source, now: { .zero })
        await withTaskGroup(of: Exchange.self) { group in
            for _ in 1...20 { group.addTask { await transport.exchange(Self.request) } }
            for await exchange in group { #expect(exchange == .answered(.saved)) }
        }
        #expect(source.reasons == [.first, .refused])
    }

    @Test(
        "asks the server nothing where there are none to be had",
        arguments: [CredentialError.Code.unusable, .unavailable]
    )
    func unavailable(code: CredentialError.Code) async throws {
        let source = Source([.failure(CredentialError(code, "no helper"))])
        let server = Server(accepting: "right")
        let transport = AuthenticatingTransport(server, source: source, now: { .zero })
        for _ in 1...2 {
            let failure = try #require(await transport.exchange(Self.request).verdict)
            #expect(failure.kind == .misconfigured)
            #expect(failure.message == "no helper")
            #expect(failure.closesSent)
            #expect(failure.attention == (code == .unusable ? .atOnce : .afterAnHour))
        }
        #expect(server.passwords.isEmpty)
        #expect(source.reasons == [.first])
    }

    @Test("says that none are configured where the server asks for some")
    func anonymous() async throws {
        let server = Server(accepting: "right")
        let transport = AuthenticatingTransport(server, source: NoCredentials(), now: { .zero })
        let failure = try #require(await transport.exchange(Self.request).verdict)
        #expect(failure.kind == .unauthenticated)
        #expect(failure.message.contains("\"credentials\" names none"))
        #expect(server.passwords == [nil])
    }
}

extension Result<Credentials, CredentialError> {
    fileprivate static func good(_ password: String, until time: Timestamp? = nil) -> Self {
        var credentials = Credentials()
        credentials.login = NamedSecret(name: "operator", value: password)
        credentials.expiresAt = time
        return .success(credentials)
    }
}

extension Timestamp {
    fileprivate static let zero = Timestamp(milliseconds: 0)
}

extension Exchange {
    fileprivate var verdict: Failure? {
        if case .failure(let failure) = judged { failure } else { nil }
    }
    fileprivate var kind: FailureKind? { verdict?.kind }
}
