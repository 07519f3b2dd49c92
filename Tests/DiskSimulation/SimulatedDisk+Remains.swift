package import SeededRandom

extension SimulatedDisk {
    /// What a power cut at this moment may leave: any legal choice among the effects that are not
    /// synced. All of them where they are few, else the extremes and a sample.
    package func remains(
        _ sampling: CrashSampling,
        _ generator: inout SeededGenerator
    ) -> [SimulatedDisk] {
        let questions = questions(sampling, &generator)
        return Self.choices(questions.map(\.count), limit: sampling.disks, &generator)
            .map { remains(of: questions, choosing: $0) }
    }

    /// Something of which the disk may hold one thing or another.
    private enum Question {
        /// Which of the values that a name has had.
        case name(String, of: UInt64, values: Int)
        /// Which of its possible contents a file has.
        case contents([[UInt8]], of: UInt64)

        var count: Int {
            switch self {
            case .name(_, _, let values): values
            case .contents(let contents, _): contents.count
            }
        }
    }

    private func questions(
        _ sampling: CrashSampling,
        _ generator: inout SeededGenerator
    ) -> [Question] {
        var questions: [Question] = []
        for number in possiblyReachable {
            guard let node = self[number] else { continue }
            for (name, values) in node.entries.sorted(by: { $0.key < $1.key })
            where values.count > 1 {
                questions.append(.name(name, of: number, values: values.count))
            }
            let contents = node.remains(sampling, &generator)
            if contents.count > 1 { questions.append(.contents(contents, of: number)) }
        }
        return questions
    }

    /// Whatever any name may lead to.
    private var possiblyReachable: [UInt64] {
        var found: [UInt64] = []
        var waiting = [Self.root]
        while let number = waiting.popLast() {
            guard !found.contains(number), let node = self[number] else { continue }
            found.append(number)
            for name in node.entries.keys.sorted() {
                waiting += (node.entries[name] ?? []).compactMap { $0 }
            }
        }
        return found
    }

    private func remains(of questions: [Question], choosing choice: [Int]) -> SimulatedDisk {
        var names: [UInt64: [String: Int]] = [:]
        var disk = self
        for (question, chosen) in zip(questions, choice) {
            switch question {
            case .name(let name, let directory, _): names[directory, default: [:]][name] = chosen
            case .contents(let contents, let file):
                disk.change(file) { $0.rewrite(contents[chosen]) }
            }
        }
        // No disk loses a file to its renaming: the old name goes once the new one is there.
        for move in moves.reversed() {
            let (old, new) = (
                names[move.directory]?[move.name], names[move.newDirectory]?[move.newName]
            )
            guard let old, let new, old >= move.index, new < move.newIndex else { continue }
            names[move.directory]?[move.name] = move.index - 1
        }
        for number in nodes.keys {
            disk.change(number) { node in
                if node.contents.count > 1 { node.rewrite(node.contents[0]) }
                // Not a question of its own, which would double the disks and crowd out others.
                node.settlePermissions(keepsLast: choice.reduce(0, +).isMultiple(of: 2))
                node.settleNames { name, values in
                    values[min(names[number]?[name] ?? 0, values.count - 1)]
                }
            }
        }
        disk.settle()
        return disk
    }

    /// Choices of one option each, given how many there are of each; the first option of each is
    /// that the disk holds none of it, the last that it holds all.
    package static func choices(
        _ counts: [Int],
        limit: Int,
        _ generator: inout SeededGenerator
    ) -> [[Int]] {
        var total = 1
        for count in counts where total <= limit { total *= count }
        if total <= limit {
            return counts.reduce([[]]) { choices, count in
                choices.flatMap { choice in (0..<count).map { choice + [$0] } }
            }
        }
        let nothing = counts.map { _ in 0 }
        let everything = counts.map { $0 - 1 }
        var choices = [nothing, everything]
        var deviations: [[Int]] = []
        for (index, count) in counts.enumerated() {
            for option in 0..<count {
                for var choice in [nothing, everything] where choice[index] != option {
                    choice[index] = option
                    deviations.append(choice)
                }
            }
        }
        deviations.shuffle(using: &generator)
        choices += deviations.prefix(max(0, (limit - 2) * 2 / 3))
        while choices.count < limit {
            choices.append(counts.map { generator.below($0) })
        }
        return choices
    }
}
