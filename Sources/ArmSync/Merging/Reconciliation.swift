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
    /// Watches whose changes are not undone.
    var quiet: [Watch] = []
}

extension ThreeWayMerge {
    /// A document with the changes made that lead from one version to another, where it has the
    /// first one's values.
    func moving(_ document: JSONValue?, from old: JSONValue?, to new: JSONValue?) -> JSONValue? {
        merge(base: old, mine: new, theirs: document, settling: { _ in .theirs }).value
    }
}

extension DocumentState {
    /// Merges what the server holds with base and local, and asks about what both sides changed.
    ///
    /// What a rival undid unseen counts as never undone, once: the change stays in local and goes to
    /// the server again. Undone once more it is a conflict.
    package func reconciled(
        with read: Content,
        by rules: MergeRules,
        settling decide: (MergeConflict) -> MergeDecision
    ) -> Reconciliation {
        guard let local, local.form == read.form, !isReplacement, !base.isForeign else {
            return reconciledWhole(with: read, by: rules, settling: decide)
        }
        let merge = rules.merge
        let start = base.content?.value ?? .object(JSONObject())
        let (restored, contested, quiet) = restoring(in: read.value, merge)
        var theirs = restored
        var contest: MergeResult?
        if contested != restored {
            let result = merge.contest(mine: contested, theirs: restored, settling: decide)
            theirs = result.value ?? restored
            contest = result
        }
        let result = merge.merge(
            base: start,
            mine: local.value,
            theirs: theirs,
            settling: decide
        )
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
            quiet: quiet
        )
    }

    /// The same where the two have no parts that correspond.
    private func reconciledWhole(
        with read: Content,
        by rules: MergeRules,
        settling decide: (MergeConflict) -> MergeDecision
    ) -> Reconciliation {
        let result = rules.merge.mergeWhole(
            base: base.content?.value,
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

    /// What was read with the watched changes made again that it shows undone: those of which that
    /// is new, then those too that were made again before; and the watches that saw nothing.
    private func restoring(
        in read: JSONValue,
        _ merge: ThreeWayMerge
    ) -> (restored: JSONValue, contested: JSONValue, quiet: [Watch]) {
        guard let base = base.content?.value, read != base else { return (read, read, watches) }
        var (restored, quiet) = (read, [Watch]())
        for watch in watches where !watch.isReturned {
            let next = merge.moving(restored, from: watch.before, to: base) ?? restored
            if next == restored { quiet.append(watch) }
            restored = next
        }
        var contested = restored
        for watch in watches where watch.isReturned {
            let next = merge.moving(contested, from: watch.before, to: base) ?? contested
            if next == contested { quiet.append(watch) }
            contested = next
        }
        return (restored, contested, quiet)
    }
}
