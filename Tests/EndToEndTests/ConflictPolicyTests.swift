import Testing

@Suite("Conflicts that the configuration decides")
struct ConflictPolicyTests {
    @Test(
        "are decided for the place, and by what is said for the application first",
        arguments: [
            ("", nil),
            (#""conflict_policy": {"/other": "theirs"}"#, nil),
            (#""conflict_policy": {"": "theirs"}"#, "theirs"),
            (#""conflict_policy": {"": "theirs", "/a": "mine"}"#, "mine"),
            (#""conflict_policy": {"": "mine", "/a": "hold"}"#, nil),
            (
                #""conflict_policy": {"/a": "mine"}, "#
                    + #""applications": {"hodor": {"conflict_policy": {"": "theirs"}}}"#,
                "theirs"
            ),
            (
                #""conflict_policy": {"/a": "mine"}, "#
                    + #""applications": {"other": {"conflict_policy": {"": "theirs"}}}"#,
                "mine"
            ),
        ]
    )
    func decided(settings: String, side: String?) throws {
        let server = try SampleServer()
        let station = try Station(server, settings: settings)
        #expect(try station.run("set", "/a", #""base""#).code == 0)
        #expect(try station.run("sync").code == 0)
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        try server.put(#"{"a":"theirs"}"#)
        let outcome = try station.run("sync")
        #expect(outcome.code == (side == nil ? 1 : 0), "\(outcome.words)")
        #expect(try station.run("get", "/a", "--raw").output == "\(side ?? "mine")\n")
        #expect(try server.document() == #"{"a":"\#(side ?? "theirs")"}"#)
    }

    @Test(
        "keep what lost in the log, and leave the rest to merging",
        arguments: ["mine", "theirs"]
    )
    func losers(side: String) throws {
        let pair = try Pair(
            agreeingOn: #"{"a":0,"b":0,"c":0}"#,
            settings: #""conflict_policy": {"/a": "\#(side)"}"#
        )
        try pair.part(
            mine: #"{"a":"of mine","b":"of mine","c":0}"#,
            theirs: #"{"a":"of theirs","b":0,"c":"of theirs"}"#
        )
        #expect(try pair.first.sync() == (0, "merged", 3))
        let settled = #"{"a":"of \#(side)","b":"of mine","c":"of theirs"}"#
        #expect(try pair.server.document() == settled)
        let log = try pair.first.run("log", "--verbose").output
        let lost =
            #"[{"op":"replace","path":"/a","value":"of \#(side == "mine" ? "theirs" : "mine")"}]"#
        #expect(log.contains(lost), "\(log)")
    }

    @Test("decide nothing where the places they name are not in conflict")
    func mixed() throws {
        let pair = try Pair(
            agreeingOn: #"{"a":0,"b":0}"#,
            settings: #""conflict_policy": {"/a": "theirs"}"#
        )
        try pair.part(mine: #"{"a":1,"b":1}"#, theirs: #"{"a":2,"b":2}"#)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.server.document() == #"{"a":2,"b":2}"#)
        #expect(try pair.first.run("resolve", "/b", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":2,"b":1}"#)
    }
}
