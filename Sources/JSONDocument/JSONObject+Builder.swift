extension JSONObject {
    /// Gathers the members of an object that is being parsed, of which most have few.
    struct Builder {
        private var members: [Member] = []
        private var index: [JSONString: Int]?

        /// What has been gathered.
        var object: JSONObject {
            if let index {
                JSONObject(slots: members, index: index)
            } else {
                JSONObject(unindexed: members)
            }
        }

        /// Adds a member; of equal names the last value stands at the first one's place.
        mutating func append(_ name: JSONString, _ value: consuming JSONValue) {
            if let slot = slot(of: name) {
                members[slot].value = value
                return
            }
            members.append(Member(name: name, value: value))
            if index != nil {
                index?[name] = members.count - 1
            } else if members.count > JSONObject.indexThreshold {
                index = JSONObject.index(of: members)
            }
        }

        private func slot(of name: JSONString) -> Int? {
            if let index { return index[name] }
            return members.firstIndex { $0.name == name }
        }
    }
}
