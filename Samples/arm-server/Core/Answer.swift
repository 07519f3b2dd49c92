import ArgumentParser

/// What the switch says to a command, before it is an element.
enum Answer: Sendable {
    case saved
    /// The stored content; nil for a response without `user_data`.
    case userData([Node]?)
    case refused(Refusal)

    /// The `out` element of the answer.
    func element(to command: Command, errorForm: ErrorForm) -> Element {
        Element(
            name: "out",
            attributes: [
                Attribute(name: "xmlns:xs", value: Element.schemaInstance),
                Attribute(name: "xs:noNamespaceSchemaLocation", value: command.wireName + ".xsd"),
            ],
            content: [.element(body(errorForm))]
        )
    }

    private func body(_ errorForm: ErrorForm) -> Element {
        switch self {
        case .saved:
            Element(name: "response", content: [.element(Element(name: "ok"))])
        case .userData(let content):
            Element(
                name: "response",
                content: content.map { [.element(Element(name: "user_data", content: $0))] } ?? []
            )
        case .refused(let refusal):
            errorForm.element(refusal)
        }
    }
}

/// How `error` looks. Its schema is not public, so a client has to live with every one of these.
enum ErrorForm: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// `<error code="…">reason</error>`
    case attribute
    /// `<error><code>…</code><reason>…</reason></error>`
    case child
    /// `<error>…</error>`, the code alone.
    case text

    fileprivate func element(_ refusal: Refusal) -> Element {
        switch self {
        case .attribute:
            Element(
                name: "error",
                attributes: [Attribute(name: "code", value: refusal.code)],
                content: [.text(refusal.reason)]
            )
        case .child:
            Element(
                name: "error",
                content: [
                    .element(Element(name: "code", content: [.text(refusal.code)])),
                    .element(Element(name: "reason", content: [.text(refusal.reason)])),
                ]
            )
        case .text:
            Element(name: "error", content: [.text(refusal.code)])
        }
    }
}

/// What a read of a document says that was never saved: the contract leaves it open.
enum AbsentForm: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// An empty `user_data`.
    case empty
    /// A `response` without `user_data`.
    case missing
    /// An `error`.
    case error

    var answer: Answer {
        switch self {
        case .empty: .userData([])
        case .missing: .userData(nil)
        case .error: .refused(Refusal(reason: "nothing is stored for this application and agent"))
        }
    }
}
