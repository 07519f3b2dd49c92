private import ArmProtocol
package import JSONDocument

/// What base, local and a document that was read come to.
package struct Reconciliation: Sendable {
    /// What local becomes, with mine at every open conflict.
    package var local: Content?
    /// The base to go on from: what was read, but as base was wherever a conflict is open.
    package var base: Content?
    /// What needs a decision.
    package var conflicts: [MergeConflict]
    /// What was decided, by policy or by a person.
    package var settled: [MergeResult.Settled]
    /// What was read, with the changes made again that a rival had undone unseen; nil where none
    /// was.
    var restored: JSONValue?
    /// Watches whose changes are undone.
    var undone: [Watch] = []
    /// Lost saves that show in what was read.
    var arrived: [Ghost] = []
    /// Whether what was read shows what the server itself made of a save.
    var isAltered = false
}

extension DocumentState {
    /// Merges what the server holds with base and local, and asks about what both sides changed.
    ///
    /// What a rival undid unseen counts as never undone, once: the change stays in local and goes to
    /// the server again. Undone once more it is a conflict.
    ///
    /// - Parameter decide: is asked about each conflict, and told whether the server itself is at the
    ///   other end of it.
    func reconciled(
        with read: Content,
        by rules: MergeRules,
        settling decide: (_ conflict: MergeConflict, _ isServers: Bool) -> MergeDecision
    ) -> Reconciliation {
        let decideStations = { decide($0, false) }
        guard let local, local.form == read.form, !isReplacement, !base.isForeign else {
            return reconciledWhole(with: read, by: rules, settling: decideStations)
        }
        let merge = rules.merge
        let found = restoring(in: read.value, merge)
        let restored = found.restored
        var theirs = restored
        var contest: MergeResult?
        if found.contested != restored {
            let result = merge.contest(mine: found.contested, theirs: restored) {
                decide($0, found.isAltered)
            }
            // The order of elements never conflicts: a second time it is given up, so that two
            // stations do not turn it back and forth for ever.
            if !result.conflicts.isEmpty || !result.settled.isEmpty {
                theirs = result.value ?? restored
                contest = result
            }
        }
        let result = merge.merge(
            base: start(for: restored, local.value, merge),
            mine: local.value,
            theirs: theirs,
            settling: decideStations
        )
        if let value = result.value, value != local.value, value != read.value,
            !value.fits(as: local.form)
        {
            return reconciledWhole(with: read, by: rules, settling: decideStations)
        }
        let conflicts = (contest?.conflicts ?? []) + result.conflicts
        var next: JSONValue? = read.value
        if !conflicts.isEmpty {
            // Where a change was undone, base is what was read: what local has there is unsaved.
            // Where the conflict about it is open, base stays.
            let undone = contest.map { $0.base ?? restored } ?? restored
            next = merge.moving(result.base, from: theirs, to: undone)
            next = merge.moving(next, from: restored, to: read.value)
        }
        return Reconciliation(
            local: result.value.map { Content(value: $0, form: local.form) },
            base: next.map { Content(value: $0, form: read.form) },
            conflicts: conflicts,
            settled: (contest?.settled ?? []) + result.settled,
            restored: restored == read.value ? nil : restored,
            undone: found.undone,
            arrived: found.arrived,
            isAltered: found.isAltered
        )
    }

    /// The same where the two have no parts that correspond, or cannot be put together.
    private func reconciledWhole(
        with read: Content,
        by rules: MergeRules,
        settling decide: (MergeConflict) -> MergeDecision
    ) -> Reconciliation {
        guard hasUnsaved || sent != nil else {
            return Reconciliation(local: read, base: read, conflicts: [], settled: [])
        }
        // Over no base: what the server holds differs from it even where only its form does.
        let result = rules.merge.mergeWhole(
            base: nil,
            mine: local?.value,
            theirs: read.value,
            settling: decide
        )
        let takesTheirs = result.value == read.value
        let form = takesTheirs ? read.form : local?.form ?? read.form
        return Reconciliation(
            local: result.value.map { Content(value: $0, form: form) },
            base: result.isComplete ? read : base.content,
            conflicts: result.conflicts,
            settled: result.settled
        )
    }

    /// What to merge over: base, but with what is on its way back, and with what a save whose end is
    /// not known changed, wherever that shows in what was read, or local has undone it since.
    ///
    /// There it counts as arrived, so that what changed it since is a change of that, and not of what
    /// stood there before.
    private func start(
        for read: JSONValue,
        _ local: JSONValue,
        _ merge: ThreeWayMerge
    ) -> JSONValue {
        var base = base.content?.value ?? .object(JSONObject())
        func arrived(_ change: JSONValue) -> JSONValue? {
            let without = merge.moving(read, from: change, to: base)
            return merge.moving(base, from: without, to: read)
        }
        if let returning { base = arrived(returning) ?? base }
        guard let sent = sent?.content.value else { return base }
        let arrived = arrived(sent)
        let redone = merge.moving(local, from: base, to: sent)
        // A list that local alone has is not made up for it: theirs would seem to have removed it.
        return merge.merge(base: local, mine: redone, theirs: arrived) { _ in .theirs }.value
            ?? base
    }
}

extension JSONValue {
    /// Whether a document of this value can be sent and read back, whatever its mapping is called.
    fileprivate func fits(as form: PayloadForm) -> Bool {
        (try? PayloadMapping().validate(self, as: form)) != nil
    }
}
