extension Conversation {
    /// What time alone brings about.
    enum Due: Equatable {
        /// A request waits longer than it may.
        case expired(Abandoned)
        /// The other side is to give a sign of life.
        case ping
        /// Nothing moved for longer than may be.
        case stalled
        /// Nothing more goes on the connection: it is to be left with a farewell.
        case unused
        /// The other side has not answered the farewell, or is not trusted to.
        case over
    }

    /// What is due by now, each once.
    mutating func pass(to now: Instant) -> [Due] {
        var due: [Due] = []
        for request in entries.map(\.request) where request.deadline <= now {
            guard let abandoned = abandon(request.id, at: now) else { continue }
            isSuspect = true
            due.append(.expired(abandoned))
        }
        switch phase {
        case .leaving(let until):
            if until <= now { due.append(.over) }
        case .connecting, .upgrading, .open:
            if entries.isEmpty, !takesMore {
                due.append(.over)
            } else if phase != .connecting, quietSince + limits.stall <= now {
                due.append(.stalled)
            } else if phase == .open, entries.isEmpty, idleSince + limits.idle <= now {
                due.append(.unused)
            } else if phase == .open, !hasPinged, quietSince + limits.stall / 2 <= now {
                hasPinged = true
                due.append(.ping)
            }
        }
        return due
    }

    /// When `pass` has something to say next, unless something else happens before.
    var nextDue: Instant? {
        let deadlines = entries.map(\.request.deadline)
        let own: [Instant] =
            switch phase {
            case .connecting: []
            case .upgrading: [quietSince + limits.stall]
            case .open:
                [quietSince + (hasPinged ? limits.stall : limits.stall / 2)]
                    + (entries.isEmpty ? [idleSince + limits.idle] : [])
            case .leaving(let until): [until]
            }
        return (deadlines + own).min()
    }
}
