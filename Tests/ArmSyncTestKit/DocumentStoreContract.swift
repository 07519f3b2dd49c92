private import ArmProtocol
package import ArmSync
private import JSONDocument

/// One thing every `DocumentStore` keeps to, checked on a store that holds nothing yet.
package struct DocumentStoreRule: Sendable, CustomStringConvertible {
    /// The rule, as a sentence.
    package let description: String
    private let body: @Sendable (any DocumentStore) throws -> Void

    fileprivate init(
        _ description: String,
        _ body: @escaping @Sendable (any DocumentStore) throws -> Void
    ) {
        self.description = description
        self.body = body
    }

    /// Throws what the store did not keep to.
    package func check(_ store: any DocumentStore) throws { try body(store) }
}

/// A rule that a store did not keep to.
package struct BrokenRule: Error, CustomStringConvertible {
    package let description: String
}

extension DocumentStoreRule {
    /// The whole contract: what the fake and the real store both pass.
    package static let all: [DocumentStoreRule] = reading + updating + server

    private static let key = DocumentKey(application: "hodor", agent: "102")
    private static let noon = Timestamp(milliseconds: 1_790_000_000_000)

    private static let reading = [
        DocumentStoreRule("a document never touched has the state of nothing") { store in
            try expect(store.state(of: key) == DocumentState())
            try expect(store.keys().isEmpty)
            try store.refreshCache(of: key, at: noon)
            try expect(store.keys().isEmpty)
        },
        DocumentStoreRule("documents are listed by the bytes of their ids, no agent first") {
            store in
            let keys = [
                DocumentKey(application: "Z"), DocumentKey(application: "a"),
                DocumentKey(application: "a", agent: "10"),
                DocumentKey(application: "a", agent: "2"),
                DocumentKey(application: "a", agent: "_"),
                DocumentKey(application: "ab"),
                DocumentKey(application: "и\u{306}"), DocumentKey(application: "й"),
            ]
            for key in keys.reversed() { try edit(store, "x", 1, of: key) }
            try expect(store.keys() == keys)
        },
        DocumentStoreRule("documents do not share their state") { store in
            let other = DocumentKey(application: "hodor")
            try edit(store, "x", 1)
            try edit(store, "x", 2, of: other)
            try expect(store.state(of: key).local?.value == ["x": 1])
            try expect(store.state(of: other).local?.value == ["x": 2])
        },
    ]

    private static let updating = [
        DocumentStoreRule("what an update returns is what is read afterwards") { store in
            for number in 1...30 {
                let state = try edit(store, "x", JSONValue(integerLiteral: number))
                try expect(state.sequence == number)
                try expect(try store.state(of: key) == state)
            }
            try expect(store.state(of: key).pendingEdits == 30)
        },
        DocumentStoreRule("a decision sees the state as it is") { store in
            let before = try edit(store, "x", 1)
            try store.update(key, at: noon) { state throws(BrokenRule) in
                try expect(state == before)
                return nil
            }
        },
        DocumentStoreRule("a decision for nothing writes nothing") { store in
            let state = try store.update(key, at: noon) { _ throws(Never) in nil }
            try expect(state == DocumentState())
            try expect(store.keys().isEmpty)
        },
        DocumentStoreRule("a decision that fails comes back as it is and writes nothing") { store in
            let before = try edit(store, "x", 1)
            do {
                try store.update(key, at: noon) { _ throws(BrokenRule) in
                    throw BrokenRule(description: "on purpose")
                }
                throw BrokenRule(description: "the failure was swallowed")
            } catch let error as UpdateError<BrokenRule> {
                guard case .declined(let cause) = error else { throw error }
                try expect(cause.description == "on purpose")
            }
            try expect(store.state(of: key) == before)
            try edit(store, "x", 2)
        },
        DocumentStoreRule("a record that does not fit is refused and leaves the document whole") {
            store in
            let before = try edit(store, "x", 1)
            let misfit = Record(
                .edit(
                    Edit(
                        author: "test",
                        patch: JSONPatch([.remove(JSONPointer(tokens: ["nothing"]))])
                    )
                ),
                event: .edited
            )
            do {
                try store.update(key, at: noon) { _ throws(Never) in misfit }
                throw BrokenRule(description: "the record was taken")
            } catch let error as UpdateError<Never> {
                guard case .failed(let cause) = error else { throw error }
                try expect(cause.code == .failed)
            }
            try expect(store.state(of: key) == before)
        },
        DocumentStoreRule("a snapshot sets the whole state but its number") { store in
            let before = try edit(store, "x", 1)
            var state = before
            state.base = .value(Content(value: ["y": 2], form: .json))
            state.local = state.base.content
            state.edits = []
            let snapshot = state
            let after = try store.update(key, at: noon) { _ throws(Never) in
                Record(.snapshot(snapshot), event: .saved)
            }
            state.sequence = before.sequence + 1
            try expect(after == state)
            try expect(store.state(of: key) == state)
        },
    ]

    private static let server = [
        DocumentStoreRule("one sync runs at a time") { store in
            let lock = try store.lockSync()
            do {
                _ = try store.lockSync()
                throw BrokenRule(description: "a second lock was given")
            } catch let error as StoreError {
                guard case .busy = error.code else { throw error }
            }
            lock.unlock()
            try store.lockSync().unlock()
        },
        DocumentStoreRule("nothing is known of a server until it is remembered") { store in
            try expect(store.serverStanding() == ServerStanding())
            let trouble = Trouble(
                kind: .unreachable,
                code: "curl 7",
                message: "nobody listens",
                since: noon,
                at: noon,
                attempts: 3,
                nextAttempt: noon
            )
            let standing = ServerStanding(
                binding: Binding(server: "http://host:8086", domain: "biysk.local"),
                lastContactAt: noon,
                trouble: trouble,
                announced: [
                    Announcement(.init(cause: "unreachable"), since: noon, isSaid: false),
                    Announcement(
                        .init(document: key, cause: "conflict"),
                        since: noon,
                        isSaid: true
                    ),
                    Announcement(
                        .init(document: DocumentKey(application: "й\""), cause: "refused"),
                        since: noon,
                        isSaid: true
                    ),
                ],
                attention: AttentionStanding(
                    announced: [
                        Announcement(
                            .init(document: key, cause: "conflict"),
                            since: noon,
                            isSaid: true
                        )
                    ],
                    trouble: trouble
                ),
                reads: [key: noon, DocumentKey(application: "й\"", agent: "и\u{306}"): noon]
            )
            try store.remember(standing)
            try expect(store.serverStanding() == standing)
            try store.remember(ServerStanding())
            try expect(store.serverStanding() == ServerStanding())
        },
    ]

    @discardableResult
    private static func edit(
        _ store: any DocumentStore,
        _ name: JSONString,
        _ value: JSONValue,
        of key: DocumentKey = key
    ) throws -> DocumentState {
        let patch = JSONPatch([.add(JSONPointer(tokens: [name]), value)])
        return try store.update(key, at: noon) { _ throws(Never) in
            Record(.edit(Edit(author: "test", patch: patch)), event: .edited)
        }
    }

    private static func expect(
        _ condition: @autoclosure () throws -> Bool,
        line: Int = #line
    ) throws(BrokenRule) {
        let isKept: Bool
        do {
            isKept = try condition()
        } catch {
            throw BrokenRule(description: "line \(line): \(error)")
        }
        if !isKept { throw BrokenRule(description: "not so at line \(line) of the contract") }
    }
}
