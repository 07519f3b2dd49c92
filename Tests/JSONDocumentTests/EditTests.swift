import JSONDocument
import Testing

@Suite struct EditTests {
    @Test(arguments: [
        ("/a", #"{"a":9,"list":[1,2,{"x":3}]}"#),
        ("/new", #"{"a":{"b":1},"list":[1,2,{"x":3}],"new":9}"#),
        ("/a/b", #"{"a":{"b":9},"list":[1,2,{"x":3}]}"#),
        ("/list/0", #"{"a":{"b":1},"list":[9,2,{"x":3}]}"#),
        ("/list/-", #"{"a":{"b":1},"list":[1,2,{"x":3},9]}"#), ("", "9"),
        ("/list/2/x", #"{"a":{"b":1},"list":[1,2,{"x":9}]}"#),
    ])
    func `A value is set in place`(pointer: String, expected: String) throws {
        let document = try JSONValue(parsing: #"{"a":{"b":1},"list":[1,2,{"x":3}]}"#)
        let edited = try document.replacing(JSONPointer(parsing: pointer), with: 9)
        #expect(edited.text() == expected)
    }

    @Test(arguments: [
        ("/x/y/z", #"{"list":[1],"x":{"y":{"z":9}}}"#), ("/x/-/z", #"{"list":[1],"x":[{"z":9}]}"#),
        ("/list/-/z", #"{"list":[1,{"z":9}]}"#), ("/x/0", #"{"list":[1],"x":{"0":9}}"#),
        ("/x/-", #"{"list":[1],"x":[9]}"#), ("/list/0", #"{"list":[9]}"#),
    ])
    func `Missing parents are made where that is wanted`(pointer: String, expected: String) throws {
        var document = try JSONValue(parsing: #"{"list":[1]}"#)
        let pointer = try JSONPointer(parsing: pointer)
        try document.set(9, at: pointer, creatingParents: true)
        #expect(document.text() == expected)
    }

    @Test(arguments: [
        ("/x/y", false, "there is no member \"x\" at the top of the document"),
        ("/list/1", true, "index 1 is past the end of /list, which has 1 element"),
        ("/list/1/a", true, "index 1 is past the end of /list, which has 1 element"),
        ("/list/-/a", false, "\"-\" is the place past the end of /list, where no element is"),
        ("/list/0/a", true, "/list/0 is a number, so there is no \"a\" in it"),
        ("/x/-/y/0/-/01", false, "there is no member \"x\" at the top of the document"),
        (
            "/list/a", true,
            "/list is an array, and \"a\" is no index of one: 0, 1, 2 and so on, without leading zeros"
        ),
    ])
    func `A place that cannot be set is named, and nothing changes`(
        text: String,
        creatingParents: Bool,
        message: String
    ) throws {
        var document = try JSONValue(parsing: #"{"list":[1]}"#)
        let pointer = try JSONPointer(parsing: text)
        let error = try #require(throws: JSONPointerError.self) {
            try document.set(9, at: pointer, creatingParents: creatingParents)
        }
        #expect(error.message == message)
        #expect(document.text() == #"{"list":[1]}"#)
    }

    @Test func `Removing gives back what was there, but never the document`() throws {
        var document: JSONValue = ["a": [1, 2, 3], "b": "x"]
        #expect(try document.remove(at: JSONPointer(parsing: "/a/1")) == 2)
        #expect(try document.remove(at: JSONPointer(parsing: "/b")) == "x")
        #expect(document.text() == #"{"a":[1,3]}"#)
        let error = try #require(throws: JSONPointerError.self) {
            try document.remove(at: JSONPointer())
        }
        #expect(error.message == "the whole document cannot be removed, only replaced")
    }

    @Test func `No edit nests deeper than the parser reads back`() throws {
        var document: JSONValue = [:]
        let deep = JSONPointer(tokens: Array(repeating: "a", count: 511))
        try document.set([:], at: deep, creatingParents: true)
        #expect(document.depth == 512)
        #expect(throws: Never.self) { try JSONValue(parsing: document.serialized()) }
        try document.set(1, at: deep.appending("b"))
        let error = try #require(throws: JSONPointerError.self) {
            try document.set([], at: deep.appending("b"))
        }
        #expect(error.message == "arrays and objects would lie more than 512 deep")
        let endless = JSONPointer(tokens: Array(repeating: "b", count: 1_000_000))
        #expect(throws: error) { try document.set(1, at: endless, creatingParents: true) }
        #expect(throws: JSONPatchError.self) {
            try document.applying(JSONPatch([.add(endless, 1)]))
        }
        #expect(document.depth == 512)
    }
}
