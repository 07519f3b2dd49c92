extension Bench {
    /// The commands a person types all day against the least a program can be.
    func starting() throws -> [Row] {
        let document = try write(SampleDocument.bytes(about: 1600), to: "small.json")
        let state = armSync("starting")
        // Apart from the rest, which would otherwise read more edits with every round.
        let edited = armSync("editing")
        for program in [state, edited] { try program.with("import", document).run() }
        let bare = try BareFile("\(directory)/bare-start")
        let line = [UInt8](repeating: 0x20, count: 300)
        var number = 0
        let times = try medians(
            rounds: rounds(200),
            [
                { try hello.run().duration },
                { try state.with("--version").run().duration },
                { try state.with("get", "/counter").run().duration },
                { try state.with("status").run().duration },
                {
                    number += 1
                    return try edited.with("set", "/counter", String(number)).run().duration
                },
                { try .measured { try bare.append(line) } },
            ]
        )
        func row(_ name: String, _ time: Duration, _ floor: Duration) -> Row {
            .ratio(name, time, "command", against: floor, "hello", atMost: 1.3)
        }
        return [
            row("--version", times[1], times[0]),
            row("get", times[2], times[0]),
            row("status", times[3], times[0]),
            row("set (hello and one fdatasync)", times[4], times[0] + times[5]),
        ]
    }
}
