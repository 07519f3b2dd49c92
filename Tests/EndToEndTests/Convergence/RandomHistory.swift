import Glibc
import SeededRandom
import Testing

/// Stations of one operator, a switch that misbehaves and a rival that nobody knows of, all doing
/// what the random numbers of a seed say.
///
/// What happens is decided by the seed; how the processes of one step interleave is not.
final class RandomHistory {
    private var random: SeededGenerator
    private let server: SampleServer
    private let stations: [Station]
    private(set) var ledger = Ledger()
    /// What was done, for a failure's report.
    private(set) var story: [String] = []
    private var lastNumber = 0
    /// What a rival has read and not written back yet.
    private var rivals: [String] = []

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let server = try SampleServer()
        let count = 2 + random.below(4)
        stations = try (0..<count).map { _ in try Station(server) }
        self.server = server
        self.random = random
        try server.put(SharedDocument(stations: count).text)
        for station in stations { _ = try run(station, "pull", allowed: [0]) }
    }

    func step() throws {
        let index = random.below(stations.count)
        switch random.below(12) {
        case 0, 1, 2, 3: try edit(index)
        case 4: try rewrite(index)
        case 5: try withFault { try self.sync(index) }
        case 6: try sync(index)
        case 7: try kill(index)
        case 8: try rival()
        default: try syncTogether()
        }
    }

    private func number() -> Int {
        lastNumber += 1
        return lastNumber
    }

    @discardableResult
    private func run(
        _ station: Station,
        _ arguments: String...,
        allowed: Set<Int32>
    ) throws -> Outcome {
        try run(station, arguments, allowed: allowed)
    }

    @discardableResult
    private func run(
        _ station: Station,
        _ arguments: [String],
        allowed: Set<Int32>
    ) throws -> Outcome {
        let outcome = try station.run(arguments)
        let index = stations.firstIndex { $0 === station } ?? -1
        story.append("\(index): \(arguments.joined(separator: " ")) -> \(outcome.code ?? -1)")
        guard let code = outcome.code, allowed.contains(code) else {
            throw Unexpected(description: "\(arguments): \(outcome.words)")
        }
        return outcome
    }
}

// MARK: - Edits

extension RandomHistory {
    /// One place or element, by a command that a sync beside it cannot disturb.
    private func edit(_ index: Int) throws {
        let (station, number) = (stations[index], number())
        switch random.below(5) {
        case 0:
            try run(station, "set", "/own/\(index)", "\(number)", allowed: [0])
            ledger.own[index] = number
        case 1:
            let place = random.pick("a", "b")
            try run(station, "set", "/shared/\(place)", "\(number)", allowed: [0])
            ledger.shared[place, default: []].insert(number)
        case 2:
            try run(station, "set", "/reports/-", #"{"id":\#(number)}"#, allowed: [0])
            ledger.reports.insert(number)
        case 3:
            try run(station, "set", "/ids/-", "\(number)", allowed: [0])
            ledger.ids.insert(number)
        default:
            try run(station, "set", "/marks/\(number)", "\(number)", allowed: [0])
            ledger.marks.insert(number)
        }
    }

    /// Several changes as one edit of the whole document.
    private func rewrite(_ index: Int) throws {
        let station = stations[index]
        var (document, ledger) = (try SharedDocument(parsing: station.local()), ledger)
        let number = number()
        document.marks[String(number)] = number
        ledger.marks.insert(number)
        if !document.reports.isEmpty {
            let place = random.below(document.reports.count)
            let report = document.reports[place].id
            switch random.below(4) {
            case 0:
                document.reports.append(document.reports.remove(at: place))
            case 1 where !ledger.reports.isEmpty && report > 0:
                document.reports.remove(at: place)
                ledger.reports.remove(report)
                if ledger.noted[report] == nil { ledger.removed.insert(report) }
            default:
                document.reports[place].note = number
                ledger.noted[report, default: []].insert(number)
                ledger.removed.remove(report)
            }
        }
        if random.oneIn(2) {
            document.shared["a"] = number
            ledger.shared["a", default: []].insert(number)
        }
        let path = try station.write(document.text, to: "whole.json")
        try run(station, "import", path, allowed: [0])
        self.ledger = ledger
    }
}

// MARK: - Syncs

extension RandomHistory {
    /// Done, a conflict, or not now.
    private static let ends: Set<Int32> = [0, 1, 75]

    private func sync(_ index: Int) throws {
        let outcome = try run(stations[index], "sync", allowed: Self.ends)
        if outcome.code == 1, random.oneIn(2) { try settle(index) }
    }

    /// The rule by which all stations settle everything, as people who agree with each other would,
    /// or they would contradict each other for ever: what was written last stays (each number is
    /// greater than those before it), what is there on one side only, and all of both sets, as
    /// nobody takes anything out of one.
    private func settle(_ index: Int) throws {
        let station = stations[index]
        for place in try station.conflicts() {
            if let report = place.pointer.firstMatch(of: /^\/reports\/{id=(\d+)}$/) {
                _ = Int(report.output.1).map { ledger.removed.remove($0) }
            }
            if let mine = place.mine?.numbers, let theirs = place.theirs?.numbers {
                let all = Set(mine).union(theirs).sorted()
                let value = ["--value", "\(all)", "--seen", place.digest]
                try run(station, ["resolve", place.pointer] + value, allowed: [0, 1, 65])
                continue
            }
            let isTheirs =
                switch (place.mine, place.theirs) {
                case (let mine?, let theirs?):
                    (mine.number ?? .max) < (theirs.number ?? .min)
                case (nil, _): true
                case (_?, nil): false
                }
            let side = isTheirs ? "--theirs" : "--mine"
            let seen = ["--seen", place.digest]
            // Another place may have been settled with it.
            try run(station, ["resolve", place.pointer, side] + seen, allowed: [0, 1, 65])
        }
    }

    private static let faults =
        [
            "refuse@save", "status:503@read", "close-before@save", "close-after@save", "lose@save",
            "garbage@read", "truncate@save", "half@save", "reset@save",
        ]
        + (TransportUnderTest.current == .http
            ? []
            : ["break-off@save", "close-frame@read", "length@save", "twice@save", "noise@read"])

    private func withFault(_ body: () throws -> Void) throws {
        let fault = Self.faults[random.below(Self.faults.count)]
        story.append("fault \(fault)")
        try server.set(faults: fault)
        try body()
        try server.clearFaults()
    }

    /// At several stations at once, slowly, with edits at some of them meanwhile.
    private func syncTogether() throws {
        try server.set(faults: random.pick("delay:20ms@read*9", "delay:20ms@save*9"))
        let running = try stations.map { try $0.start("sync") }
        for _ in 0..<random.below(3) { try edit(random.below(stations.count)) }
        for (index, process) in running.enumerated() {
            let outcome = try process.wait()
            story.append("\(index): sync, beside others -> \(outcome.code ?? -1)")
            guard let code = outcome.code, Self.ends.contains(code) else {
                throw Unexpected(description: "sync beside others: \(outcome.words)")
            }
        }
        try server.clearFaults()
    }

    private func kill(_ index: Int) throws {
        try server.set(faults: random.pick("hang@read", "hang@save", "hang:after@save"))
        try server.forgetRequests()
        let running = try stations[index].start("sync")
        let command = random.pick("read", "save")
        // Where there is nothing to save it ends by itself, or hangs in the reading.
        try eventually("it is on its way, or at its end") {
            try server.requests().contains { $0.command == command || $0.outcome == "nothing" }
                || Glibc.kill(running.id, 0) != 0
                || isZombie(running.id)
        }
        running.signal(SIGKILL)
        _ = try running.wait()
        story.append("\(index): sync, killed at its \(command)")
        try server.clearFaults()
    }

    private func isZombie(_ process: pid_t) -> Bool {
        var information = siginfo_t()
        let options = WEXITED | WNOHANG | WNOWAIT
        return waitid(P_PID, id_t(process), &information, options) == 0
            && information.si_signo == SIGCHLD
    }

    /// Reads the document, or writes back what it had read, older than what others saved since.
    private func rival() throws {
        if rivals.isEmpty || random.oneIn(2) {
            if let document = try server.document() { rivals = [document] }
            story.append("a rival reads")
        } else {
            story.append("a rival writes what it had read")
            try server.put(rivals.removeLast())
        }
    }
}

// MARK: - The end

extension RandomHistory {
    /// How often every station may have to sync before all hold the same.
    private static let roundLimit = 12

    /// Syncs and settles until nothing is left to do; the document that all of them hold then.
    func converge() throws -> SharedDocument {
        try server.clearFaults()
        for _ in 0..<Self.roundLimit {
            for index in stations.indices {
                let outcome = try run(stations[index], "sync", allowed: Self.ends)
                if outcome.code == 1 {
                    try settle(index)
                    _ = try run(stations[index], "sync", allowed: Self.ends)
                }
            }
            if let text = try agreed() { return try SharedDocument(parsing: text) }
        }
        let texts = try stations.map { try $0.local() } + [server.document() ?? "nothing"]
        throw Unexpected(description: "no agreement:\n" + texts.joined(separator: "\n"))
    }

    /// What the server and every station hold, where that is the same and nothing waits.
    private func agreed() throws -> String? {
        let stored = try server.document()
        for station in stations {
            guard try station.document().state == "synced", try station.local() == stored else {
                return nil
            }
        }
        return stored
    }
}
