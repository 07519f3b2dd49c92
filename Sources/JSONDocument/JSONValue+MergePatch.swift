extension JSONValue {
    /// The value with a merge patch (RFC 7396) applied: members of the patch replace members of
    /// the value, `null` removes them, anything but an object replaces the whole.
    public func merging(_ mergePatch: JSONValue) -> JSONValue {
        var result = self
        result.merge(mergePatch)
        return result
    }

    private mutating func merge(_ patch: JSONValue) {
        guard case .object(let changes) = patch else {
            self = patch
            return
        }
        var object = takeObject() ?? JSONObject()
        for (name, change) in changes {
            if change == .null {
                object.removeValue(named: name)
            } else if let slot = object.slot(of: name) {
                object.update(slot: slot) { $0.merge(change) }
            } else {
                object.append(name, JSONValue.null.merging(change))
            }
        }
        self = .object(object)
    }
}
