import ArmProtocol

extension ArmRequest {
    /// Whether a second copy on the wire changes nothing.
    var isRepeatable: Bool {
        switch self {
        case .read: true
        case .save: false
        }
    }
}
