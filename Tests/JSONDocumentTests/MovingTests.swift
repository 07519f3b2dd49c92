import JSONDocument
import Testing

/// The changes from one version to another, made in a third.
@Suite struct MovingTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var document: String?
        var old: String?
        var new: String?
        var moved: String?

        init(
            _ name: String,
            _ document: String?,
            from old: String?,
            to new: String?,
            is moved: String?
        ) {
            testDescription = name
            (self.document, self.old, self.new, self.moved) = (document, old, new, moved)
        }
    }

    @Test(arguments: [
        Case(
            "a change",
            #"{"a":1,"b":2}"#,
            from: #"{"a":1}"#,
            to: #"{"a":5}"#,
            is: #"{"a":5,"b":2}"#
        ),
        Case(
            "of what changed otherwise",
            #"{"a":3}"#,
            from: #"{"a":1}"#,
            to: #"{"a":5}"#,
            is: #"{"a":3}"#
        ),
        Case("a list that goes", #"{"l":[1,2]}"#, from: #"{"l":[1]}"#, to: "{}", is: #"{"l":[2]}"#),
        Case("a whole list that goes", #"{"l":[1]}"#, from: #"{"l":[1]}"#, to: "{}", is: "{}"),
        Case(
            "a list that comes",
            "{}",
            from: #"{"l":[1]}"#,
            to: #"{"l":[1,2]}"#,
            is: #"{"l":[2]}"#
        ),
        Case("nothing that comes", "{}", from: #"{"l":[1,2]}"#, to: #"{"l":[1]}"#, is: "{}"),
        Case(
            "an empty list stays",
            #"{"l":[]}"#,
            from: #"{"l":[]}"#,
            to: #"{"l":[],"a":1}"#,
            is: #"{"l":[],"a":1}"#
        ),
        Case(
            "members of members",
            #"{"x":{"y":{"a":1,"b":2}}}"#,
            from: #"{"x":{"y":{"a":1}}}"#,
            to: "{}",
            is: #"{"x":{"y":{"b":2}}}"#
        ),
        Case(
            "an element is one thing",
            #"{"l":[{"id":1,"v":2}]}"#,
            from: #"{"l":[{"id":1,"v":1}]}"#,
            to: "{}",
            is: #"{"l":[{"id":1,"v":2}]}"#
        ),
        Case(
            "another kind",
            #"{"l":{"a":1}}"#,
            from: #"{"l":[1]}"#,
            to: "{}",
            is: #"{"l":{"a":1}}"#
        ),
        Case("a document that goes", #"{"a":1}"#, from: #"{"a":1}"#, to: nil, is: nil),
    ])
    func `what has the old values gets the new ones`(_ test: Case) throws {
        let moved = try ThreeWayMerge()
            .moving(
                test.document.map { try JSONValue(parsing: $0) },
                from: test.old.map { try JSONValue(parsing: $0) },
                to: test.new.map { try JSONValue(parsing: $0) }
            )
        #expect(moved == (try test.moved.map { try JSONValue(parsing: $0) }))
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `the old version becomes the new one, and nothing changes what does not`(
        seed: UInt64
    ) {
        let versions = RandomMerge(seed: seed)
        let (old, new) = (versions.mine, versions.theirs)
        let merge = ThreeWayMerge()
        #expect(merge.moving(old, from: old, to: new) == new, "seed \(seed)")
        #expect(merge.moving(new, from: old, to: old) == new, "seed \(seed)")
    }
}
