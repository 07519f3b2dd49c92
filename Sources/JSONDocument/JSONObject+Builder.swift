extension JSONObject {
    /// Gathers the members of an object that is being parsed, of which most have few.
    struct Builder {
        private var members: [Member] = []
        private var index: JSONNameIndex?
        /// A digest of each name, so that only names with the same one need be compared.
        private var digests = InlineArray<16, UInt64>(repeating: 0)

        init(capacity: Int) { members.reserveCapacity(capacity) }

        var count: Int { members.count }

        /// What has been gathered.
        consuming func finish() -> JSONObject {
            JSONObject(uniqueMembers: members, index: index)
        }

        /// Adds a member; of equal names the last value stands at the first one's place.
        mutating func append(_ name: JSONString, digest: UInt64, _ value: consuming JSONValue) {
            if let slot = slot(of: name, digest: digest) {
                members[slot].value = value
                return
            }
            let slot = members.count
            members.append(Member(name: name, value: value))
            if index != nil {
                index?.append(name, at: slot)
            } else if slot < JSONObject.indexThreshold {
                digests[slot] = digest
            } else {
                index = JSONNameIndex(of: members)
            }
        }

        private func slot(of name: JSONString, digest: UInt64) -> Int? {
            if let index { return index.slot(of: name) }
            for slot in 0..<members.count where digests[slot] == digest {
                if members[slot].name == name { return slot }
            }
            return nil
        }
    }
}
