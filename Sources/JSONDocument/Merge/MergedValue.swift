/// What the merge of one value came to, by where it comes from: what is unchanged is not built anew.
struct MergedValue {
    enum Origin {
        /// Mine and theirs are written alike.
        case both
        case mine
        case theirs
        /// Something else, or nothing.
        case neither(JSONValue?)
    }

    /// What the base to go on from has here.
    enum Rest {
        case theirs
        /// What stays because a conflict here is open.
        case kept(JSONValue?)

        func value(_ theirs: JSONValue?) -> JSONValue? {
            switch self {
            case .theirs: theirs
            case .kept(let value): value
            }
        }
    }

    var origin: Origin
    var base: Rest

    init(_ origin: Origin, base: Rest = .theirs) {
        self.origin = origin
        self.base = base
    }

    /// The merge of values that not both sides changed differently; nil where they did.
    ///
    /// Where all are equal, the one that is written otherwise than in the base stays.
    init?(unlessConflict base: JSONValue?, _ mine: JSONValue?, _ theirs: JSONValue?) {
        if Self.areWrittenAlike(mine, theirs) {
            self.init(.both)
        } else if mine == theirs {
            self.init(Self.areWrittenAlike(base, mine) ? .theirs : .mine)
        } else if theirs == base {
            self.init(.mine)
        } else if mine == base {
            self.init(.theirs)
        } else {
            return nil
        }
    }

    /// The value, nil where there is none.
    func value(_ mine: JSONValue?, _ theirs: JSONValue?) -> JSONValue? {
        switch origin {
        case .both, .mine: mine
        case .theirs: theirs
        case .neither(let value): value
        }
    }

    private static func areWrittenAlike(_ one: JSONValue?, _ other: JSONValue?) -> Bool {
        switch (one, other) {
        case (let one?, let other?): one.isWritten(like: other)
        case (nil, nil): true
        case (nil, _?), (_?, nil): false
        }
    }
}
