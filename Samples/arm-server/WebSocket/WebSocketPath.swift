/// Where WebSockets are opened.
struct WebSocketPath: Sendable {
    /// Stands for the segment that is the domain.
    static let placeholder = "<DOMAIN>"
    static let standard = "/\(placeholder)/service/cc/arm"

    private let segments: [Substring]
    private let fixedDomain: String?

    /// `fixedDomain` is whom requests are about where the path does not say it. Nil if nothing says
    /// it.
    init?(_ path: String, fixedDomain: String? = nil) {
        segments = path.split(separator: "/")
        self.fixedDomain = fixedDomain
        guard fixedDomain != nil || segments.contains(where: { $0 == Self.placeholder }) else {
            return nil
        }
    }

    /// The standard path behind a prefix.
    init(prefix: [String] = []) {
        segments = prefix.map { $0[...] } + Self.standard.split(separator: "/")
        fixedDomain = nil
    }

    /// The domain of a request's path; nil if WebSockets are opened elsewhere.
    func domain(of requested: [Substring]) -> String? {
        guard requested.count == segments.count else { return nil }
        var domain = fixedDomain
        for (segment, wanted) in zip(requested, segments) {
            if wanted == Self.placeholder {
                guard let decoded = PathSegment.decode(segment), !decoded.isEmpty else {
                    return nil
                }
                domain = decoded
            } else if segment != wanted {
                return nil
            }
        }
        return domain
    }
}
