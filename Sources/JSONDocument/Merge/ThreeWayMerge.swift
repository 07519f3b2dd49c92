/// Puts together what two sides made of one document.
///
/// A merge compares three versions: the base that both sides started from, mine, and theirs. What
/// one side changed is taken from that side; what both changed alike is taken once; what both
/// changed differently is a ``MergeConflict``. Values are compared as `JSONValue` compares them,
/// so another spelling of a number or another order of members is no change, and yet what nobody
/// touched keeps the text it had.
///
/// **Objects** merge member by member, also over an absent base.
///
/// **Arrays** merge by what their elements are, in all three versions:
/// - objects with a unique scalar identity, the member `id` unless ``MergeIdentities`` names
///   another: element by element, wherever they stand;
/// - unique scalars: as ordered sets, which never conflict;
/// - anything else: by runs (diff3). Runs that both sides changed and that overlap or touch make
///   the array one conflict, and so does a difference too large to be searched for.
///
/// **Everything else** is one value. So is an object or array that a side replaced by another kind
/// of value or removed: removing it conflicts with any change inside it.
///
/// **Order** (of elements with identities, of sets, and of members, which has no value but is
/// kept) never conflicts. Two elements of the base stand turned round in the result where a side
/// turned them round, and where that follows from other pairs that were. What was added stands
/// behind the element of the base that it stood behind, or at the end where no element of the base
/// came after it; where the sides put the same element into different places, at the earlier one.
/// What both sides added to one place stands in the order of its identities (numbers by value
/// before strings by bytes), except that one side's additions stay in the order that side gave
/// them where it put a larger one first.
///
/// The result does not depend on which side is called mine, save that the value at an open
/// conflict is mine's. It merges to itself again: over the same base, and over theirs.
public struct ThreeWayMerge: Sendable {
    /// What tells the elements of an array apart.
    public var identities: MergeIdentities

    /// A merge that tells elements apart by those identities.
    public init(identities: MergeIdentities = MergeIdentities()) {
        self.identities = identities
    }

    /// Merges three versions; nil is the absence of a document.
    ///
    /// Takes time about linear in the size of the three, and as much stack as parsing them.
    ///
    /// - Parameter decide: is asked about each conflict, and about nothing else. A value that
    ///   the conflict does not accept (``MergeConflict/accepts(_:)``) leaves it open.
    public func merge(
        base: JSONValue?,
        mine: JSONValue?,
        theirs: JSONValue?,
        settling decide: (MergeConflict) -> MergeDecision = { _ in .hold }
    ) -> MergeResult {
        withoutActuallyEscaping(decide) { decide in
            var walk = MergeWalk(identities: identities, decide: decide)
            let merged = walk.merge(base, mine, theirs)
            return walk.result(merged, mine, theirs)
        }
    }
}
