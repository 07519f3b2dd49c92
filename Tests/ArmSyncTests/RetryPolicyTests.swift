import ArmSync
import ArmSyncTestKit
import SeededRandom
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    /// The trouble after so many failures of one kind in a row.
    private func trouble(
        after exchange: Exchange,
        times: Int,
        policy: RetryPolicy = RetryPolicy(),
        chance: Double = 1
    ) throws -> Trouble {
        let failure = try #require(exchange.failure)
        var trouble: Trouble?
        for _ in 0..<times {
            trouble = policy.trouble(after: failure, previous: trouble, at: .at(0), chance: chance)
        }
        return try #require(trouble)
    }

    private func wait(_ trouble: Trouble) -> Duration { trouble.nextAttempt.since(trouble.at) }

    @Test(arguments: [(1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (11, 900), (100, 900)])
    func `the span of a backoff doubles up to its cap`(tries: Int, seconds: Int) throws {
        #expect(wait(try trouble(after: .unreachable, times: tries)) == .seconds(seconds))
    }

    @Test(arguments: [(1, 60), (2, 120), (6, 1920), (7, 3600), (100, 3600)])
    func `refusals wait longer`(tries: Int, seconds: Int) throws {
        #expect(wait(try trouble(after: .refused, times: tries)) == .seconds(seconds))
    }

    @Test(arguments: [401, 404, 413])
    func `credentials and settings are tried hourly`(status: Int) throws {
        let trouble = try trouble(after: .page(status: status), times: 1, chance: 0)
        #expect(wait(trouble) == .seconds(3600))
        #expect(trouble.needsAttention(at: .at(0)))
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `any wait from nothing to the whole span is possible`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let chance = Double.random(in: 0...1, using: &generator)
            let tries = 1 + generator.below(40)
            let whole = wait(try trouble(after: .garbled, times: tries))
            let part = wait(try trouble(after: .garbled, times: tries, chance: chance))
            let expected = Double(whole.milliseconds) * chance
            #expect(abs(Double(part.milliseconds) - expected) <= 1, "seed \(seed)")
        }
        #expect(wait(try trouble(after: .garbled, times: 3, chance: 0)) == .zero)
    }

    @Test(arguments: [(10, 10), (0, 0), (-5, 0), (3600, 3600), (3601, 3600), (Int.max, 3600)])
    func `the server's wish to wait wins, up to an hour`(wish: Int, seconds: Int) throws {
        var failure = try #require(Exchange.page(status: 503).failure)
        failure.retryAfter = .seconds(wish)
        let trouble = policy.trouble(after: failure, previous: nil, at: .at(0), chance: 0.5)
        #expect(wait(trouble) == .seconds(seconds))
    }

    @Test func `no configured cap is longer than an hour`() throws {
        var policy = RetryPolicy()
        policy.refusedCap = .seconds(86_400)
        let trouble = try trouble(after: .refused, times: 20, policy: policy)
        #expect(wait(trouble) == .seconds(3600))
    }

    @Test func `another kind of failure starts anew, the same one goes on`() throws {
        let first = try trouble(after: .unreachable, times: 5)
        #expect(first.attempts == 5)
        let failure = try #require(Exchange.garbled.failure)
        let other = policy.trouble(after: failure, previous: first, at: .at(60), chance: 1)
        #expect(other.attempts == 1 && other.since == .at(60))
        let again = policy.trouble(after: failure, previous: other, at: .at(90), chance: 1)
        #expect(again.attempts == 2 && again.since == .at(60) && again.at == .at(90))
    }

    @Test func `refusals need attention after five tries`() throws {
        #expect(!(try trouble(after: .refused, times: 4)).needsAttention(at: .at(0)))
        #expect(try trouble(after: .refused, times: 5).needsAttention(at: .at(0)))
    }

    @Test func `a wrong file or certificate needs attention after an hour`() throws {
        let failed = TransportFailure(kind: .misconfigured, code: "curl 60", message: "m")
        let trouble = try trouble(after: .failed(failed), times: 3)
        #expect(!trouble.needsAttention(at: .at(3599)))
        #expect(trouble.needsAttention(at: .at(3600)))
    }

    @Test(arguments: [Exchange.unreachable, .interrupted, .garbled])
    func `what may pass by itself never needs attention`(exchange: Exchange) throws {
        #expect(!(try trouble(after: exchange, times: 1000)).needsAttention(at: .at(1 << 40)))
    }

    @Test func `attempts from disk, however many, do not overflow`() throws {
        var previous = try trouble(after: .garbled, times: 1)
        let failure = try #require(Exchange.garbled.failure)
        for attempts in [Int.max, .max - 1, .min, -1, 0] {
            previous.attempts = attempts
            let next = policy.trouble(after: failure, previous: previous, at: .at(0), chance: 1)
            #expect(next.attempts >= attempts)
            #expect(wait(next) <= .seconds(900))
        }
    }

    @Test func `a try is due when its time has come, and without trouble at once`() throws {
        let trouble = try trouble(after: .unreachable, times: 3)
        #expect(!policy.isDue(trouble, at: .at(0)))
        #expect(!policy.isDue(trouble, at: .at(7)))
        #expect(policy.isDue(trouble, at: .at(8)))
        #expect(policy.isDue(nil, at: .at(0)))
    }

    @Test func `a clock set back does not make anybody wait`() throws {
        let failure = try #require(Exchange.unreachable.failure)
        let trouble = policy.trouble(after: failure, previous: nil, at: .at(10_000), chance: 1)
        #expect(policy.isDue(trouble, at: .at(9_999)))
        let next = policy.trouble(after: failure, previous: trouble, at: .at(0), chance: 1)
        #expect(next.since == .at(0) && next.attempts == 2)
    }

    @Test func `a next try far in the future comes due an hour after the last`() throws {
        var trouble = try trouble(after: .unreachable, times: 1)
        trouble.nextAttempt = Timestamp(milliseconds: .max)
        #expect(!policy.isDue(trouble, at: .at(3599)))
        #expect(policy.isDue(trouble, at: .at(3600)))
    }
}
