import Synchronization

/// A seed whose history went wrong.
struct Finding: Sendable {
    let seed: UInt64
    let mistake: Mistake?
    let story: Story
    /// What was found wrong, in words.
    let complaints: [String]
}

extension Finding {
    /// The first history of a range of seeds that goes wrong; nil where all go well.
    static func first(
        from seed: UInt64,
        to last: UInt64,
        making mistake: Mistake? = nil
    ) throws -> Finding? {
        for seed in seed...last {
            if let finding = try Finding(of: seed, making: mistake) { return finding }
        }
        return nil
    }

    /// Plays the history of a seed; nil where it goes well.
    init?(of seed: UInt64, making mistake: Mistake? = nil) throws {
        self.seed = seed
        self.mistake = mistake
        story = Story(random: seed)
        complaints = try Playthrough.complaints(about: story, making: mistake)
        if complaints.isEmpty { return nil }
    }

    /// The shortest story that can be found in which the same kind of thing goes wrong.
    var shrunk: (story: Story, complaints: [String]) {
        let kind = complaints.first?.kind
        var found = (story, complaints)
        let shortest = story.shrunk { story in
            guard let complaints = try? Playthrough.complaints(about: story, making: mistake),
                let first = complaints.first, first.kind == kind
            else { return false }
            found = (story, complaints)
            return true
        }
        return (shortest, found.1)
    }
}

extension String {
    /// The complaint without who, where and which.
    fileprivate var kind: [Substring] {
        split(separator: " ").filter { word in
            !word.contains { $0.isNumber || $0 == "/" }
                && !Spot.allCases.contains { "\($0)" == word }
        }
    }
}

extension Playthrough {
    /// Plays a story; what was found wrong, in words.
    static func complaints(about story: Story, making mistake: Mistake? = nil) throws -> [String] {
        let playthrough = try Playthrough(story, making: mistake)
        playthrough.play()
        return playthrough.account.complaints
    }

    /// Plays a story and tells all that happens.
    static func telling(of story: Story, making mistake: Mistake? = nil) throws -> [String] {
        let lines = Listener()
        let playthrough = try Playthrough(story, making: mistake) { lines.hear($0) }
        playthrough.play()
        return lines.heard
    }
}

private final class Listener: Sendable {
    private let lines = Mutex<[String]>([])

    var heard: [String] { lines.withLock { $0 } }

    func hear(_ line: String) { lines.withLock { $0.append(line) } }
}
