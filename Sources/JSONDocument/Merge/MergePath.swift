/// The way to a place in three versions of a document, by names and identities.
public struct MergePath: Hashable, Sendable {
    /// One step of the way.
    public enum Step: Hashable, Sendable {
        /// To the member of that name.
        case member(JSONString)
        /// To the element of that identity.
        case element(Element)
    }

    /// An element of an array whose elements have identities.
    public struct Element: Hashable, Sendable {
        /// The member that holds the identity.
        public var key: JSONString
        /// The identity.
        public var identity: JSONValue
        /// Where the element stands in mine, nil where it does not.
        public var mine: Int?
        /// Where the element stands in theirs, nil where it does not.
        public var theirs: Int?
    }

    /// The steps, each linked to the one before: conflicts side by side share the way to them.
    indirect enum Trail: Hashable, Sendable {
        case start
        case step(Trail, Step)
    }

    let trail: Trail

    /// The steps from the top of the document.
    public var steps: [Step] {
        var steps: [Step] = []
        var rest = trail
        while case .step(let before, let step) = rest {
            steps.append(step)
            rest = before
        }
        return steps.reversed()
    }

    /// The way as a pointer that is the same for every version: `/reports/{id=7}/title`.
    ///
    /// A string that could be mistaken for something else stands in quotes: `{id="7"}`.
    public var name: JSONPointer { JSONPointer(tokens: steps.map(\.token)) }

    /// The place in a document as it is now, found by names and identities; nil where it does not
    /// have that element, or something else stands on the way. A last member need not be there.
    public func pointer(in document: JSONValue) -> JSONPointer? {
        var pointer = JSONPointer()
        var value: JSONValue? = document
        for step in steps {
            switch (step, value) {
            case (.member(let name), .object(let object)):
                pointer.tokens.append(name)
                value = object[name]
            case (.element(let element), .array(let elements)):
                guard
                    let index = elements.firstIndex(where: { $0[element.key] == element.identity })
                else { return nil }
                pointer.tokens.append(JSONString(String(index)))
                value = elements[index]
            default: return nil
            }
        }
        return pointer
    }

    /// The place in the version whose index an element gives.
    func pointer(_ index: (Element) -> Int?) -> JSONPointer? {
        var pointer = JSONPointer()
        for step in steps {
            switch step {
            case .member(let name): pointer.tokens.append(name)
            case .element(let element):
                guard let index = index(element) else { return nil }
                pointer.tokens.append(JSONString(String(index)))
            }
        }
        return pointer
    }
}

extension MergePath.Step {
    /// The step as a token of a name.
    var token: JSONString {
        switch self {
        case .member(let name): name
        case .element(let element): element.token
        }
    }

    /// Whether a pointer's token means this step; `-` means every element.
    func isNamed(_ token: JSONString) -> Bool {
        switch self {
        case .member(let name): name == token
        case .element(let element): token == "-" || element.token == token
        }
    }
}

extension MergePath.Element {
    /// The element as a token of a name: `{id=7}`.
    var token: JSONString {
        let bytes = Array("{".utf8) + key.bytes + Array("=".utf8) + written + Array("}".utf8)
        return JSONString(validatedBytes: bytes)
    }

    private var written: [UInt8] {
        let quoted = identity.serialized()
        guard case .string(let string) = identity else { return quoted }
        // A text that the writer escapes, or that reads as another scalar, needs its quotes.
        let bytes = string.bytes
        let isPlain =
            quoted.count == bytes.count + 2 && (try? JSONValue(parsing: bytes)) == nil
            && bytes.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "}") } && !bytes.isEmpty
        return isPlain ? bytes : quoted
    }
}
