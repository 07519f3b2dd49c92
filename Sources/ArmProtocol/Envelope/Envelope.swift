import JSONDocument

/// What the messages say, whatever their encoding: requests as element trees, and element trees as
/// answers.
///
/// Both forms go through here, so that a document which the one can carry can be carried by the
/// other, and an answer means the same in each.
struct Envelope {
    /// The names of the JSON mapping.
    var mapping: PayloadMapping

    /// The request's `in` element.
    func element(for request: ArmRequest) throws(MessageError) -> XMLElement {
        try request.key.validate()
        var command = XMLElement(name: JSONString(request.command))
        command.attributes.append(
            XMLElement.Attribute(
                name: "application_id",
                value: JSONString(request.key.application)
            )
        )
        if let agent = request.key.agent {
            command.attributes.append(
                XMLElement.Attribute(name: "agent_id", value: JSONString(agent))
            )
        }
        if case .save(_, let data) = request, let element = try element(for: data) {
            command.content = [.element(element)]
        }
        let request = XMLElement(name: "request", content: [.element(command)])
        return XMLElement(name: "in", content: [.element(request)])
    }
}
