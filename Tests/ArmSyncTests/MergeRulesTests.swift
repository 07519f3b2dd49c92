import ArmSync
import JSONDocument
import Testing

/// What one application says of merging goes before what is said for all.
@Suite struct MergeRulesTests {
    private func rules(_ own: [String: MergeDecision], _ all: [String: MergeDecision]) throws
        -> [String: MergeDecision]
    {
        var settings = SyncSettings()
        settings.mergeRules.policy.decisions = try pointers(all)
        var rules = MergeRules()
        rules.policy.decisions = try pointers(own)
        settings.applicationRules["hodor"] = rules
        #expect(settings.mergeRules(for: "other") == settings.mergeRules)
        let texts = settings.mergeRules(for: "hodor").policy.decisions.map { ($0.text, $1) }
        return Dictionary(uniqueKeysWithValues: texts)
    }

    private func pointers<Value>(_ texts: [String: Value]) throws -> [JSONPointer: Value] {
        var pointers: [JSONPointer: Value] = [:]
        for (text, value) in texts { pointers[try JSONPointer(parsing: text)] = value }
        return pointers
    }

    @Test func `what is said for all completes what is said for one`() throws {
        #expect(
            try rules(["/filters": .mine], ["/reports": .theirs, "": .hold])
                == ["/filters": .mine, "/reports": .theirs, "": .hold]
        )
    }

    @Test(arguments: ["", "/reports", "/reports/-", "/reports/-/title"])
    func `a pointer of the application covers all that lies inside it`(own: String) throws {
        #expect(try rules([own: .mine], ["/reports/7/title": .theirs]) == [own: .mine])
    }

    @Test(arguments: ["/reports/7/title/x", "/report", "/reports/-/name", "/-/7/name"])
    func `and nothing else`(own: String) throws {
        #expect(
            try rules([own: .mine], ["/reports/7/title": .theirs])
                == [own: .mine, "/reports/7/title": .theirs]
        )
    }

    @Test func `a name for the elements of one array holds for that array alone`() throws {
        var (own, all) = (MergeRules(), MergeRules())
        own.identities.exceptions = try pointers(["/a": "uuid", "/b/-/c": "key"])
        all.identities.exceptions = try pointers(["/a": "name", "/a/0/x": "no", "/b/1/c": "id"])
        all.rivalWindow = .seconds(7)
        let completed = own.completed(by: all)
        #expect(completed.rivalWindow == .seconds(7))
        #expect(
            completed.identities.exceptions
                == (try pointers(["/a": "uuid", "/b/-/c": "key", "/a/0/x": "no"]))
        )
    }
}
