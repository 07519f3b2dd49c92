import ArmSync
import JSONDocument
import SeededRandom
import Testing

@Suite struct TakingTests {
    private let opened: JSONValue = ["a": 1, "b": 2, "o": ["x": 1], "l": [1, 2]]

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `what has not moved becomes what was edited`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let edited = generator.content().value
        #expect(opened.taking(changesFrom: opened, to: edited) == edited, "seed \(seed)")
    }

    @Test func `changes of other members stay`() {
        let edited: JSONValue = ["a": 9, "o": ["x": 1, "y": 2], "l": [1, 2]]
        let moved: JSONValue = ["a": 1, "b": 2, "o": ["x": 5], "l": [1], "n": 1]
        #expect(
            moved.taking(changesFrom: opened, to: edited)
                == ["a": 9, "o": ["x": 5, "y": 2], "l": [1], "n": 1]
        )
    }

    @Test(
        arguments: [
            // The same member, an added one, a removed one, its parent, and an array's elements.
            (
                ["a": 9, "b": 2, "o": ["x": 1], "l": [1, 2]],
                ["a": 5, "b": 2, "o": ["x": 1], "l": [1, 2]]
            ),
            (
                ["a": 1, "b": 2, "o": ["x": 1], "l": [1, 2], "n": 1],
                ["a": 1, "b": 2, "o": ["x": 1], "l": [1, 2], "n": 2]
            ),
            (
                ["a": 1, "o": ["x": 1], "l": [1, 2]], ["a": 1, "b": 3, "o": ["x": 1], "l": [1, 2]]
            ),
            (["a": 1, "b": 2, "o": ["x": 2], "l": [1, 2]], ["a": 1, "b": 2, "l": [1, 2]]),
            (
                ["a": 1, "b": 2, "o": ["x": 1], "l": [1, 5]],
                ["a": 1, "b": 2, "o": ["x": 1], "l": [0, 1, 2]]
            ),
            ([], ["a": 1, "b": 2, "o": ["x": 1], "l": [1, 2], "n": 1]),
        ] as [(JSONValue, JSONValue)]
    )
    func `a place that has moved is not overwritten`(edited: JSONValue, moved: JSONValue) {
        #expect(moved.taking(changesFrom: opened, to: edited) == nil)
    }
}
