import JSONDocument

/// A patch applies as RFC 6902 has it, or changes nothing; a difference leads where it should.
///
/// The input is a document, a patch, and another document, one on each line.
enum PatchLaws {
    private static let copyLimit = 1 << 20

    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let lines = FuzzInput.lines(bytes, 3)
        guard let document = try? JSONValue(parsing: lines[0]) else { return }
        if let json = try? JSONValue(parsing: lines[1]) {
            try checkMergePatch(json, on: document)
            if let patch = try? JSONPatch(json: json) {
                try checkForm(patch)
                try checkApplication(of: patch, to: document)
                try checkSetting(patch, in: document)
            }
        }
        if let other = try? JSONValue(parsing: lines[2]) {
            try checkDifference(document, other)
            try checkDifference(other, document)
            try checkMergePatch(other, on: document)
        }
    }

    private static func checkForm(_ patch: JSONPatch) throws(BrokenLaw) {
        let back = try succeed("a patch is read back from its JSON") {
            try JSONPatch(json: patch.json)
        }
        try expect(back == patch, "a patch is read back from its JSON")
    }

    private static func checkApplication(
        of patch: JSONPatch,
        to document: JSONValue
    ) throws(BrokenLaw) {
        let before = document.serialized()
        let outcome = Result { () throws(JSONPatchError) in
            try document.applying(patch, copyLimit: copyLimit)
        }
        // A few copies of copies would fill the memory: no RFC says how many may be.
        if case .failure(let error) = outcome, error.message.hasPrefix("the patch copies") {
            return
        }
        let expected = ReferencePatch.apply(patch, to: document)
        switch outcome {
        case .success(let result):
            try expect(
                expected.map { $0.isIdentical(to: result) } ?? false,
                "a patch does what RFC 6902 says",
                "\(result.text()) instead of \(expected?.text() ?? "a refusal")"
            )
            try expect(result.depth <= JSONValue.depthLimit, "no patch nests deeper than may be")
            try checkDifference(document, result)
        case .failure(let error):
            try expect(expected == nil, "a patch that RFC 6902 allows applies", "\(error)")
            try expect(
                patch.operations.indices.contains(error.operation ?? -1),
                "an error names its operation",
                "\(error)"
            )
        }
        try expect(document.serialized() == before, "the patched document is left as it was")
    }

    private static func checkDifference(
        _ old: JSONValue,
        _ new: JSONValue
    ) throws(BrokenLaw) {
        let patch = old.difference(to: new)
        try expect(patch.isEmpty == (old == new), "a difference is empty between equals only")
        let result = try succeed("a difference applies") { try old.applying(patch) }
        try expect(
            result == new,
            "a difference turns the one into the other",
            "\(patch.json.text()) gave \(result.text())"
        )
        try checkForm(patch)
    }

    /// What is set where an operation points, and taken out there.
    private static func checkSetting(
        _ patch: JSONPatch,
        in document: JSONValue
    ) throws(BrokenLaw) {
        for operation in patch.operations.prefix(4) {
            guard case .add(let pointer, let value) = operation else { continue }
            for creates in [false, true] {
                let after = try? document.replacing(
                    pointer,
                    with: value,
                    creatingParents: creates
                )
                let patch = try? document.patch(
                    setting: value,
                    at: pointer,
                    creatingParents: creates
                )
                try expect((after == nil) == (patch == nil), "what can be set has a patch")
                guard let after, let patch else { continue }
                let result = try succeed("the patch of what is set applies") {
                    try document.applying(patch)
                }
                try expect(result == after, "the patch of what is set sets it")
            }
            guard let removal = try? document.patch(removing: pointer) else { continue }
            var without = document
            _ = try succeed("what a patch can take out can be taken out") {
                try without.remove(at: pointer)
            }
            let removed = try succeed("the patch of a removal applies") {
                try document.applying(removal)
            }
            try expect(removed.isIdentical(to: without), "the patch of a removal removes it")
        }
    }

    private static func checkMergePatch(
        _ patch: JSONValue,
        on document: JSONValue
    ) throws(BrokenLaw) {
        let merged = document.merging(patch)
        try expect(merged.merging(patch) == merged, "a merge patch changes nothing the second time")
        try expect(
            merged.depth <= JSONValue.depthLimit,
            "no merge patch nests deeper than may be"
        )
        try expect(
            merged == ReferencePatch.merge(patch, into: document),
            "a merge patch does what RFC 7396 says",
            merged.text()
        )
    }
}
