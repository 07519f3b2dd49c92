import JSONDocument
import Testing

/// A merge as a table shows it: three versions, what comes out, and the names of what is open.
struct MergeCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    private var texts: [String?]
    private var conflicts: [String]

    /// A version that is nil is absent.
    init(
        _ title: String,
        base: String?,
        mine: String?,
        theirs: String?,
        merged: String?,
        conflicts: [String] = []
    ) {
        testDescription = title
        texts = [base, mine, theirs, merged]
        self.conflicts = conflicts
    }

    /// Expects just that, and the same with the sides swapped where nothing is open.
    func check(_ merge: ThreeWayMerge = ThreeWayMerge()) throws {
        let values = try texts.map { try $0.map { try JSONValue(parsing: $0) } }
        let result = merge.merge(base: values[0], mine: values[1], theirs: values[2])
        #expect(result.value?.text() == texts[3])
        #expect(result.conflicts.map(\.name.text) == conflicts)
        let swapped = merge.merge(base: values[0], mine: values[2], theirs: values[1])
        #expect(Set(swapped.conflicts.map(\.name.text)) == Set(conflicts))
        if conflicts.isEmpty { #expect(swapped.value == result.value) }
    }
}
