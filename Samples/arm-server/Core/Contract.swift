/// What the schema of both commands allows: `in` > `request` > command > `user_data`?.
struct Contract: Sendable {
    let command: Command

    /// Reads the root element of a message, or says what breaks the contract.
    func request(from root: Element) throws(Refusal) -> UserDataRequest {
        var prefixes: [String: String] = [:]
        try expect(root, named: "in", inheriting: &prefixes)
        let request = try onlyChild(of: root, named: "request")
        try expect(request, named: "request", inheriting: &prefixes)
        let order = try onlyChild(of: request, named: command.wireName)
        try expect(
            order,
            named: command.wireName,
            allowing: ["application_id", "agent_id"],
            inheriting: &prefixes
        )

        let application = try identifier("application_id", of: order)
        guard let application else {
            throw Refusal(reason: "\(command.wireName) has no application_id")
        }
        let agent = try identifier("agent_id", of: order)
        if command == .read && agent == nil {
            throw Refusal(reason: "\(command.wireName) has no agent_id")
        }
        return UserDataRequest(
            command: command,
            application: application,
            agent: agent,
            content: try content(of: order, inheriting: prefixes)
        )
    }

    private func content(
        of order: Element,
        inheriting prefixes: [String: String]
    ) throws(Refusal) -> [Node]? {
        var prefixes = prefixes
        try refuseText(in: order)
        guard let userData = order.children.first else { return nil }
        guard command == .save else {
            throw Refusal(reason: "\(command.wireName) takes no elements")
        }
        guard order.children.count == 1 else {
            throw Refusal(reason: "\(command.wireName) takes one user_data and nothing else")
        }
        try expect(userData, named: "user_data", inheriting: &prefixes)
        return userData.content.map { node in
            if case .element(let element) = node {
                .element(element.declaring(prefixes))
            } else {
                node
            }
        }
    }

    private func identifier(_ name: String, of order: Element) throws(Refusal) -> String? {
        guard let value = order.attribute(name) else { return nil }
        guard !value.isEmpty else { throw Refusal(reason: "\(name) is empty") }
        return value
    }

    private func onlyChild(of parent: Element, named name: String) throws(Refusal) -> Element {
        try refuseText(in: parent)
        guard parent.children.count == 1, let child = parent.children.first else {
            throw Refusal(reason: "\(parent.name) must hold exactly one \(name)")
        }
        return child
    }

    private func refuseText(in element: Element) throws(Refusal) {
        if element.hasText { throw Refusal(reason: "\(element.name) must not hold text") }
    }

    /// Checks name and attributes, and gathers the prefixes that content below may rely on.
    private func expect(
        _ element: Element,
        named name: String,
        allowing allowed: Set<String> = [],
        inheriting prefixes: inout [String: String]
    ) throws(Refusal) {
        guard element.name == name else {
            throw Refusal(reason: "\(name) was expected where \(element.name) stands")
        }
        prefixes.merge(element.declaredPrefixes) { _, nearer in nearer }
        for attribute in element.attributes where !allowed.contains(attribute.name) {
            guard isAllowedEverywhere(attribute, prefixes) else {
                throw Refusal(reason: "\(name) must not have an attribute \(attribute.name)")
            }
        }
    }

    /// Declarations of prefixes, and where the schema lies: a validator takes them on any element.
    private func isAllowedEverywhere(_ attribute: Attribute, _ prefixes: [String: String]) -> Bool {
        if attribute.name.hasPrefix("xmlns:") { return true }
        if attribute.name == "xmlns" { return attribute.value.isEmpty }
        let parts = attribute.name.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && prefixes[String(parts[0])] == Element.schemaInstance
            && ["schemaLocation", "noNamespaceSchemaLocation"].contains(parts[1])
    }
}
