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
}
