import JSONDocument
import Testing

@Suite struct PointerTests {
    /// The document and the pointers of RFC 6901, section 5.
    @Test func `The examples of RFC 6901 lead where it says`() throws {
        let document = try JSONValue(
            parsing: #"""
                {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
                """#
        )
        let expected: [(String, JSONValue)] = [
            ("", document), ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1),
            ("/c%d", 2), ("/e^f", 3), ("/g|h", 4), ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7),
            ("/m~0n", 8),
        ]
        for (text, value) in expected {
            let pointer = try JSONPointer(parsing: text)
            #expect(try document.value(at: pointer) == value)
            #expect(pointer.text == text)
            #expect("\(pointer)" == text)
        }
    }

    @Test func `A name is escaped and unescaped in the right order`() throws {
        #expect(try JSONPointer(parsing: "/~01").tokens == ["~1"])
        #expect(JSONPointer(tokens: ["~1", "a/b", "", "~"]).text == "/~01/a~1b//~0")
        #expect(try JSONPointer(parsing: "//").tokens == ["", ""])
        #expect(JSONPointer().appending("a").appending(3) == JSONPointer(tokens: ["a", "3"]))
    }

    @Test func `A combining mark behind a slash belongs to the name`() throws {
        #expect(try JSONPointer(parsing: "/\u{301}a").tokens == ["\u{301}a"])
    }

    @Test(arguments: [
        ("a", "a pointer starts with a slash, such as /name"),
        ("#/a", "a pointer starts with a slash, not with #, such as /name"),
        ("/a~", "in a pointer ~ is written ~0 and a slash in a name ~1, but \"a~\" has a bare ~"),
        (
            "/a~2/b",
            "in a pointer ~ is written ~0 and a slash in a name ~1, but \"a~2\" has a bare ~"
        ),
    ])
    func `What is no pointer is refused`(text: String, message: String) throws {
        let error = try #require(throws: JSONPointerError.self) { try JSONPointer(parsing: text) }
        #expect(error.message == message)
    }

    @Test(arguments: [
        ("/a/c", "there is no member \"c\" at /a"),
        ("/x", "there is no member \"x\" at the top of the document"),
        ("/list/7", "index 7 is past the end of /list, which has 3 elements"),
        ("/one/1", "index 1 is past the end of /one, which has 1 element"),
        (
            "/list/99999999999999999999",
            "index 99999999999999999999 is past the end of /list, which has 3 elements"
        ),
        (
            "/list/01",
            "/list is an array, and \"01\" is no index of one: 0, 1, 2 and so on, without leading zeros"
        ),
        (
            "/list/-1",
            "/list is an array, and \"-1\" is no index of one: 0, 1, 2 and so on, without leading zeros"
        ),
        (
            "/list/+1",
            "/list is an array, and \"+1\" is no index of one: 0, 1, 2 and so on, without leading zeros"
        ),
        (
            "/list/",
            "/list is an array, and \"\" is no index of one: 0, 1, 2 and so on, without leading zeros"
        ),
        ("/list/-", "\"-\" is the place past the end of /list, where no element is"),
        ("/a/b/c", "/a/b is a string, so there is no \"c\" in it"),
        ("/n/c/d", "/n is null, so there is no \"c\" in it"),
    ])
    func `A pointer that leads nowhere says which token failed`(
        text: String,
        message: String
    ) throws {
        let document = try JSONValue(parsing: #"{"a":{"b":"x"},"list":[1,2,3],"one":[1],"n":null}"#)
        let pointer = try JSONPointer(parsing: text)
        let error = try #require(throws: JSONPointerError.self) {
            try document.value(at: pointer)
        }
        #expect(error.message == message)
        var changed = document
        #expect(throws: error) { try changed.remove(at: pointer) }
        #expect(changed.text() == document.text())
    }
}
