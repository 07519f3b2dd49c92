import Glibc

extension Bench {
    /// Edits in one process against the bare loop that is just as durable.
    func appending() throws -> [Row] {
        try [1600, 100_000].map { length in
            let edits = EditStore("\(directory)/appending-\(length)")
            try edits.replace(by: SampleDocument.bytes(about: length))
            let bare = try BareFile("\(directory)/bare-append-\(length)")
            let line = [UInt8](repeating: 0x20, count: 250)
            let batch = 200
            var number = 0
            let times = try medians(
                rounds: rounds(30),
                [
                    {
                        try .measured {
                            for _ in 0..<batch {
                                number += 1
                                try edits.count(to: number)
                            }
                        }
                    },
                    { try .measured { for _ in 0..<batch { try bare.append(line) } } },
                ]
            )
            let rate = times[1] / times[0]
            return Row(
                work: "durable edit, \(length / 100 * 100) bytes",
                figures: "edit \((times[0] / batch).words), bare \((times[1] / batch).words)",
                verdict: (rate.digits, "≥ 0.80", rate >= 0.8)
            )
        }
    }

    /// Whether what is queued slows the commands that look at it.
    func readingTail() throws -> [Row] {
        let documents = try [1, 10_000].map { count in
            let edits = EditStore("\(directory)/tail-\(count)")
            try edits.replace(by: SampleDocument.bytes(about: 1600))
            for number in 0..<count { try edits.count(to: number + 1) }
            return armSync("tail-\(count)")
        }
        let times = try medians(
            rounds: rounds(100),
            documents.map { state in { try state.with("status").run().duration } }
        )
        return [
            .ratio(
                "status with 10,000 edits",
                times[1],
                "10,000",
                against: times[0],
                "one",
                atMost: 1.5
            )
        ]
    }

    /// A month offline on a large document.
    func editingForAMonth() throws -> [Row] {
        let count = isQuick ? 20_000 : 1_000_000
        let edits = EditStore("\(directory)/month")
        try edits.replace(by: SampleDocument.bytes(about: 100_000))
        let tenth = count / 10
        var done = 0
        let shares = try [0, 4, 9].map { share in
            // What lies between two shares that are measured.
            if share > done {
                try worker("month", from: done * tenth, (share - done) * tenth).run()
            }
            done = share + 1
            return try worker("month", from: share * tenth, tenth).run()
        }
        let costs = shares.map { $0.duration / tenth }
        let state = armSync("month")
        let shell = isQuick ? 300 : 10_000
        let start = ContinuousClock.now
        var peak = shares.map(\.peakBytes).max() ?? 0
        var longest = 0
        for number in 0..<shell {
            let run = try state.with("set", "/counter", String(10_000_000 + number)).run()
            peak = max(peak, run.peakBytes)
            longest = max(longest, edits.length())
        }
        let perCommand = (ContinuousClock.now - start) / shell
        for command in [["status"], ["get"], ["outbox"], ["diff"]] {
            var program = state
            program.arguments = command
            peak = max(peak, try program.run().peakBytes)
        }
        let flatness = costs[2] / costs[0]
        let (size, memory) = (Double(longest) / 1e6, Double(peak) / 1_048_576)
        return [
            Row(
                work: "\(count) edits of 100 kB: cost",
                figures: costs.map(\.words).joined(separator: ", ") + " (start, middle, end)",
                verdict: ("\(flatness.digits)×", "≤ 1.30×", flatness <= 1.3)
            ),
            Row(work: "… and \(shell) by shell", figures: "\(perCommand.words) a command"),
            Row(
                work: "… state directory",
                figures: "at its largest",
                verdict: ("\(size.digits) MB", "≤ 2.00 MB", size <= 2)
            ),
            Row(
                work: "… memory of any command",
                figures: "at its peak",
                verdict: ("\(memory.digits) MiB", "≤ 64 MiB", memory <= 64)
            ),
        ]
    }

    /// This program as another process, so that its memory is measured alone.
    private func worker(_ state: String, from number: Int, _ count: Int) -> Program {
        Program(
            path: CommandLine.arguments[0],
            arguments: [
                "edits", "\(directory)/\(state)", "--from", String(number), "--count",
                String(count),
            ]
        )
    }
}
