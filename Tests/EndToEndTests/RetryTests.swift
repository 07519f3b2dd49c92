import Foundation
import Testing

@Suite("What has failed")
struct RetryTests {
    @Test("a refusal needs somebody after five tries and is tried all the same")
    func refusals() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "refuse@save*forever")
        for attempt in 1...6 {
            #expect(try station.sync() == (attempt < 5 ? 75 : 1, "refused", 2), "\(attempt)")
            #expect(try station.document().attempts == attempt)
        }
        #expect(try server.requests().filter(\.isSave).count == 6)
        let status = try station.run("status").output
        #expect(status.contains("1 of 1 document needs you"), "\(status)")

        // Any wait from none to the longest is as likely: until it is one that a test cannot outlast.
        try eventually("unattended runs have to wait") {
            let next = try #require(try station.document().next_attempt_at)
            let later = Date.now.addingTimeInterval(90).formatted(.iso8601)
            if next > later { return true }
            _ = try station.sync()
            return false
        }

        // An edit is stored whatever the document's state, and unattended runs wait.
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try station.sync("--if-due").requests == 0)
        #expect(try station.run("retry").code == 0)
        #expect(try station.document().attempts == 0)
        #expect(try station.document().state == "pending")
        try server.clearFaults()
        #expect(try station.sync("--if-due") == (0, "saved", 3))
        #expect(try server.document() == #"{"a":1,"b":2}"#)
    }

    @Test("Retry-After keeps unattended runs away, and not a person")
    func retryAfter() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        // A message has no place for it; the answer to a handshake is one over HTTP.
        let place = TransportUnderTest.current == .http ? "read" : "handshake"
        try server.set(faults: "status:503,retry-after=600@\(place)")
        #expect(try station.sync() == (75, "transient", 1))
        #expect(try station.document().next_attempt_at != nil)
        let tries = try server.tries()
        #expect(try station.sync("--if-due") == (75, "skipped", 0))
        #expect(try station.sync("--if-due") == (75, "skipped", 0))
        #expect(try server.tries() == tries)
        #expect(try station.document().state == "retrying")
        #expect(try station.sync() == (0, "saved", 3))
    }

    @Test("an unattended run with nothing to do makes no request")
    func nothingDue() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync("--if-due") == (0, "saved", 3))
        #expect(try station.sync("--if-due") == (0, "skipped", 0))
        #expect(try station.run("set", "/a", "2").code == 0)
        #expect(try station.sync("--if-due") == (0, "saved", 3))
    }

    @Test("credentials that are not accepted need somebody at once, and unattended runs wait")
    func unauthenticated() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "401@any*forever")
        #expect(try station.sync() == (77, "unauthenticated", 1))
        #expect(try station.run("status").output.contains("needs you"))
        #expect(try station.sync("--if-due") == (77, "skipped", 0))
        try server.clearFaults()
        #expect(
            try station.run("retry", "--json").output == #"{"documents":0,"server":true}"# + "\n"
        )
        #expect(try station.sync("--if-due") == (0, "saved", 3))
    }

    /// A fault, and what one run over five documents makes of it.
    struct Stop: Sendable, CustomTestStringConvertible {
        var fault: String
        var code: Int32
        var word: String
        /// Requests until the server is left alone.
        var requests: Int

        var testDescription: String { fault }
    }

    @Test(
        "what is wrong with the whole server is not asked of it for every document",
        arguments: [
            Stop(fault: "401@read", code: 77, word: "unauthenticated", requests: 1),
            Stop(fault: "status:503@read", code: 75, word: "transient", requests: 1),
            Stop(fault: "status:404@read", code: 78, word: "misconfigured", requests: 1),
            // One page may be about one document; a second one is not.
            Stop(fault: "garbage@read", code: 75, word: "garbled", requests: 2),
            Stop(fault: "redirect@read", code: 75, word: "garbled", requests: 2),
            Stop(fault: "status:500@read", code: 75, word: "transient", requests: 2),
            // Refusals are each document's own.
            Stop(fault: "refuse@read", code: 75, word: "refused", requests: 5),
        ]
    )
    func stop(stop: Stop) throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil)
        for number in 1...5 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(number)").code == 0)
        }
        try server.set(faults: stop.fault + "*forever")
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == stop.code, "\(outcome.words)")
        let words = try outcome.decoded(SyncLine.self).compactMap(\.result)
        #expect(words == Array(repeating: stop.word, count: 5))
        #expect(try server.requests().count == stop.requests)
        #expect(try station.status().totals.pending_edits == 5)
        try server.clearFaults()
        #expect(try station.run("sync").code == 0)
        #expect(try station.status().totals.pending_edits == 0)
    }

    @Test("offline costs one try a run, however many documents wait")
    func oneAttempt() throws {
        let server = try SampleServer(isUp: false)
        let station = try Station(server, application: nil)
        for number in 1...5 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(number)").code == 0)
        }
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 75)
        let lines = try outcome.decoded(SyncLine.self)
        #expect(lines.last?.requests == 1, "\(outcome.words)")
        #expect(lines.dropLast().map(\.result) == Array(repeating: "unreachable", count: 5))
        // Said once, not once for each document.
        let words = try station.run("sync").output
        #expect(words.contains("5 documents  offline"), "\(words)")
    }
}
