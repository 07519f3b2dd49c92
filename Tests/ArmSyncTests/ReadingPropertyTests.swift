import ArmProtocol
import ArmSync
import JSONDocument
import Testing

/// Every combination of base, local, sent and what a read says.
@Suite struct ReadingPropertyTests {
    struct Case: CustomStringConvertible {
        var state: DocumentState
        var userData: UserData
        var sends: Bool

        var description: String {
            "base \(state.base), local \(String(describing: state.local)), sent "
                + "\(String(describing: state.sent)), remote \(String(describing: state.remote)), "
                + "read \(userData), sends \(sends)"
        }
    }

    private static let values = [Content([:]), Content(["a": 1]), Content(["b": 2]), Content(3)]
    private static let foreign = [
        ForeignContent(text: "{", reason: "no JSON"), ForeignContent(text: "[", reason: "no JSON"),
    ]

    private static var bases: [Base] {
        [.unknown, .absent, .foreign(foreign[0])] + values.map { .value($0) }
    }

    private static var reads: [UserData] {
        [.absent, .empty] + foreign.map { .foreign($0) }
            + values.map { .document($0.value, $0.form) } + [.document(["a": 1], .nodes)]
    }

    private static var remotes: [Remote?] {
        [nil, .absent, .foreign(foreign[0])] + values.map { .value($0) }
    }

    static var cases: [Case] {
        var cases: [Case] = []
        for base in bases {
            for local in [nil] + values.map(Optional.some) {
                // A document the server is known to hold is never without a local one.
                if local == nil, base.content != nil { continue }
                for sent in [nil] + values.map(Optional.some) {
                    if sent != nil && local == nil { continue }
                    var state = DocumentState()
                    state.binding = .test
                    state.base = base
                    state.local = local
                    state.sent = sent.map { Sent(content: $0, time: .at(0), edits: entries(1)) }
                    if state.hasUnsaved { state.edits = entries(2) }
                    for remote in sent == nil ? remotes : [nil] {
                        state.remote = remote
                        for userData in reads {
                            cases.append(Case(state: state, userData: userData, sends: true))
                            cases.append(Case(state: state, userData: userData, sends: false))
                        }
                    }
                }
            }
        }
        return cases
    }

    private static func entries(_ id: Int) -> [OutboxEntry] {
        let summary = EditSummary(id: id, author: "a", paths: [], operations: 1)
        return [OutboxEntry(count: 1, first: .at(0), last: .at(0), edit: summary)]
    }

    private func after(_ one: Case) throws -> (DocumentState, ReadDecision.Step) {
        var state = one.state
        let step = try state.read(one.userData, sends: one.sends, at: 1)
        return (state, step)
    }

    /// Whether the server holds just what we knew of it, or had sent, or nothing where nothing was
    /// known.
    private func isSeen(_ userData: UserData, in state: DocumentState) -> Bool {
        switch userData {
        case .absent, .empty: return !hasContents(state.base)
        case .foreign(let content): return state.base == .foreign(content)
        case .document(let value, let form):
            let content = Content(value: value, form: form)
            return content == state.base.content || content == state.sent?.content
        }
    }

    private func hasContents(_ base: Base) -> Bool {
        base.content.map { $0 != Content([:]) } ?? false
    }

    /// Whether the server has nothing left of what it had.
    private func isEmptied(_ one: Case) -> Bool {
        let isNothing =
            switch one.userData {
            case .absent, .empty, .document([:], _): true
            case .document, .foreign: false
            }
        return isNothing && hasContents(one.state.base)
    }

    /// The same place in each version: a member where all are objects, otherwise the whole.
    private struct Place {
        var base, sent, local, read, after: JSONValue?

        var isOurs: Bool { local != base || (sent != nil && local != sent) }
        /// What is neither ours nor was there before, in any member.
        var isTheirs: Bool {
            guard read != base && read != sent else { return false }
            guard let read = read?.object, let base = base?.object, let sent = sent?.object else {
                return true
            }
            return ["a", "b"].contains { (name: JSONString) in
                read[name] != base[name] && read[name] != sent[name]
            }
        }
    }

    private func places(of one: Case, _ after: Content?) -> [Place] {
        var read: JSONValue?
        if case .document(let value, _) = one.userData { read = value }
        let state = one.state
        let sent = state.sent?.content.value
        let whole = Place(
            base: state.base.content?.value ?? [:],
            sent: sent,
            local: state.local?.value,
            read: read,
            after: after?.value
        )
        let versions = [whole.base, whole.local, whole.read, whole.after]
        guard versions.compactMap(\.self).allSatisfy({ $0.object != nil }) else { return [whole] }
        return ["a", "b"].map { (name: JSONString) in
            Place(
                base: whole.base?[name],
                sent: (sent ?? whole.base)?[name],
                local: whole.local?[name],
                read: whole.read?[name],
                after: whole.after?[name]
            )
        }
    }

    @Test func `nothing is ever sent over a value that was neither known nor merged in`() throws {
        #expect(Self.cases.count > 3000)
        var merges = 0
        for one in Self.cases {
            let (state, step) = try after(one)
            guard case .send(let content) = step else { continue }
            #expect(one.sends, "\(one)")
            if isSeen(one.userData, in: one.state) {
                #expect(content == one.state.local, "\(one)")
                continue
            }
            merges += 1
            guard case .document(let value, let form) = one.userData else {
                Issue.record("sent over no document: \(one)")
                continue
            }
            #expect(state.base == .value(Content(value: value, form: form)), "\(one)")
            for place in places(of: one, content) where place.isTheirs {
                #expect(place.after == place.read, "\(one)")
            }
        }
        #expect(merges > 50)
    }

    @Test func `what is unsaved in local is never dropped`() throws {
        for one in Self.cases where one.state.isUnsettled {
            let after = try after(one).0
            for place in places(of: one, after.local) where place.isOurs {
                #expect(place.after == place.local, "\(one)")
            }
            let isThere = after.base.content == after.local && after.sent == nil
            #expect(isThere || after.pendingEdits > 0 || !one.state.hasUnsaved, "\(one)")
        }
    }

    @Test func `what was sent is journalled as sent, and everything else is closed or held`() throws
    {
        for one in Self.cases {
            let (state, step) = try after(one)
            switch step {
            case .send(let content):
                #expect(state.sent?.content == content, "\(one)")
                #expect(state.edits.isEmpty && state.remote == nil, "\(one)")
            case .settled:
                #expect(state.sent == nil && state.remote == nil, "\(one)")
            case .held(let reason):
                #expect((state.remote == nil) == (reason == .emptySave), "\(one)")
                let settings = SyncSettings()
                let key = DocumentKey(application: "hodor", agent: "102")
                #expect(state.heldReason(of: key, in: settings) == reason, "\(one)")
            }
        }
    }

    @Test func `the same read again changes nothing where nothing is sent`() throws {
        for one in Self.cases {
            let (state, step) = try after(one)
            if case .send = step { continue }
            var again = state
            let stepAgain = try again.read(one.userData, sends: one.sends, at: 2)
            again.sequence = state.sequence
            again.lastReadAt = state.lastReadAt
            #expect(again == state, "\(one)")
            let isTakenOver = step == .settled(tookOver: true)
            #expect(stepAgain == (isTakenOver ? .settled(tookOver: false) : step), "\(one)")
        }
    }

    @Test func `an untouched document takes over whatever document the server holds`() throws {
        for one in Self.cases where !one.state.isUnsettled && !isEmptied(one) {
            guard case .document(let value, let form) = one.userData else { continue }
            let content = Content(value: value, form: form)
            #expect(try after(one).0.local == content, "\(one)")
            #expect(try after(one).0.base == .value(content), "\(one)")
        }
    }

    @Test func `a document lost by the server is held, never taken over as nothing`() throws {
        for one in Self.cases {
            let (state, step) = try after(one)
            guard isEmptied(one) else {
                #expect(step != .held(.remoteEmptied), "\(one)")
                continue
            }
            // What was emptied here as well, or may be a save of ours, is nothing to ask about.
            if one.userData == .document([:], .json),
                one.state.local == Content([:]) || one.state.sent?.content == Content([:])
            {
                continue
            }
            #expect(state.local == one.state.local, "\(one)")
            #expect(step == .held(.remoteEmptied), "\(one)")
        }
    }
}
