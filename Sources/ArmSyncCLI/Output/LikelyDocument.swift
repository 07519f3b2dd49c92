import ArmProtocol

/// Which document somebody may have meant who named one that is not there.
enum LikelyDocument {
    /// Most letters of an id that may be wrong.
    static let distanceLimit = 2

    /// The one that is nearest, where one is near.
    static func likely(for key: DocumentKey, among keys: [DocumentKey]) -> DocumentKey? {
        let near = keys.compactMap { candidate in
            distance(key, candidate).map { (key: candidate, distance: $0) }
        }
        if let nearest = near.min(by: { $0.distance < $1.distance }) { return nearest.key }
        let siblings = keys.filter { distance(key.application, $0.application) != nil }
        return siblings.count == 1 ? siblings.first : nil
    }

    /// Letters that differ in both ids; nil where they are too many for a slip.
    private static func distance(_ typed: DocumentKey, _ known: DocumentKey) -> Int? {
        guard let application = distance(typed.application, known.application) else { return nil }
        switch (typed.agent, known.agent) {
        case (nil, nil): return application
        case (let typed?, let known?): return distance(typed, known).map { $0 + application }
        case (nil, _?), (_?, nil): return nil
        }
    }

    private static func distance(_ typed: String, _ known: String) -> Int? {
        let typed = typed.lowercased()
        let known = known.lowercased()
        guard abs(typed.count - known.count) <= distanceLimit else { return nil }
        // An id of two letters of which two are wrong is another id.
        let limit = min(distanceLimit, max(1, (known.count + 1) / 3))
        let distance = Slips.count(between: typed, and: known)
        return distance <= limit ? distance : nil
    }
}
