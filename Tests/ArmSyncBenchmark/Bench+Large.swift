import ArmProtocol

extension Bench {
    /// The largest document there may be.
    func largestDocument() throws -> [Row] {
        let file = try write(SampleDocument.bytes(about: 4_000_000), to: "large.json")
        let server = try LocalServer(armServer)
        var state = armSync("large")
        state.environment += server.environment
        let clock = ContinuousClock()
        var peak = 0
        var figures: [String] = []
        for command in [
            ["import", file], ["set", "/counter", "7"], ["get", "/counter"], ["status"], ["sync"],
            ["set", "/counter", "8"], ["sync"],
        ] {
            var program = state
            program.arguments = command
            let start = clock.now
            peak = max(peak, try program.run().peakBytes)
            figures.append("\(command[0]) \((clock.now - start).words)")
        }
        let memory = (Double(peak) / 1_048_576).digits
        return [
            Row(work: "4 MB document", figures: figures.joined(separator: ", ")),
            Row(work: "… memory of any command", figures: "\(memory) MiB at its peak"),
        ]
    }

    /// A look at everything where everything is much.
    func manyDocuments() throws -> [Row] {
        let edits = EditStore("\(directory)/many")
        for number in 0..<500 {
            let key = DocumentKey(application: "reports", agent: String(1000 + number))
            try edits.replace(key, by: SampleDocument.bytes(about: 1600))
        }
        let times = try medians(
            rounds: rounds(50),
            [
                { try armSync("many").with("status").run().duration },
                { try hello.run().duration },
            ]
        )
        return [
            Row(
                work: "status of 500 documents",
                figures: "command \(times[0].words), hello \(times[1].words)"
            )
        ]
    }
}
