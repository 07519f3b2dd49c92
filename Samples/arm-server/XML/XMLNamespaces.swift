/// The prefixes in scope at some element. Names are compared as bytes.
struct XMLNamespaces {
    private var namespaces: [[UInt8]: [UInt8]] = [
        Array("xml".utf8): Array("http://www.w3.org/XML/1998/namespace".utf8)
    ]

    /// The scope inside an element, if its names keep the rules of namespaces in XML.
    func entering(_ element: Element) throws(XMLProblem) -> XMLNamespaces {
        var inside = self
        for attribute in element.attributes where attribute.name.hasPrefix("xmlns:") {
            let prefix = attribute.name.utf8.dropFirst("xmlns:".utf8.count)
            guard !prefix.elementsEqual("xmlns".utf8), !attribute.value.isEmpty else {
                throw XMLProblem(message: "\(attribute.name) cannot be declared so")
            }
            inside.namespaces[Array(prefix)] = Array(attribute.value.utf8)
        }
        _ = try inside.expanded(element.name)
        var seen: Set<[[UInt8]]> = []
        for attribute in element.attributes {
            let isNew = try seen.insert(inside.expanded(attribute.name)).inserted
            guard isNew else {
                throw XMLProblem(message: "the attribute \(attribute.name) stands twice")
            }
        }
        return inside
    }

    /// The namespace, where there is a prefix, and the local name.
    private func expanded(_ name: String) throws(XMLProblem) -> [[UInt8]] {
        let parts = name.utf8.split(separator: UInt8(ascii: ":")).map { Array($0) }
        guard parts.count == 2, !name.hasPrefix("xmlns:") else { return [Array(name.utf8)] }
        guard let namespace = namespaces[parts[0]] else {
            throw XMLProblem(message: "the prefix of \(name) is not declared")
        }
        return [namespace, parts[1]]
    }
}
