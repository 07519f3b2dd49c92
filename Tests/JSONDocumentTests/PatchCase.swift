import JSONDocument
import Testing

/// A document, a patch, and what comes of it: nil where the patch is refused.
struct PatchCase: Sendable, CustomTestStringConvertible {
    let document: String
    let patch: String
    let result: String?

    init(_ document: String, _ patch: String, _ result: String?) {
        self.document = document
        self.patch = patch
        self.result = result
    }

    var testDescription: String { "\(document) with \(patch)" }

    func check() throws {
        let document = try JSONValue(parsing: document)
        let patch = try JSONValue(parsing: patch)
        guard let result else {
            #expect(throws: JSONPatchError.self) {
                try document.applying(JSONPatch(json: patch))
            }
            return
        }
        let patched = try document.applying(JSONPatch(json: patch))
        #expect(patched.text() == result)
        #expect(try JSONPatch(json: patch) == JSONPatch(json: JSONPatch(json: patch).json))
    }
}
