/// Namespace prefixes, for content that is lifted out of one message and put into another.
extension Element {
    static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

    /// The prefixes this element declares, with their namespaces.
    var declaredPrefixes: [String: String] {
        var declared: [String: String] = [:]
        for attribute in attributes where attribute.name.hasPrefix("xmlns:") {
            declared[String(attribute.name.dropFirst("xmlns:".count))] = attribute.value
        }
        return declared
    }

    /// The same element, declaring for itself those of `inherited` that it relies on.
    func declaring(_ inherited: [String: String]) -> Element {
        var selfContained = self
        for prefix in freePrefixes.sorted() {
            guard let namespace = inherited[prefix] else { continue }
            selfContained.attributes.append(
                Attribute(name: "xmlns:" + prefix, value: namespace)
            )
        }
        return selfContained
    }

    /// The prefixes used here or below without a declaration here or below. What looks like a
    /// prefix in a value counts too: `xsi:type="p:kind"` means nothing without `p`.
    private var freePrefixes: Set<String> {
        var free: Set<String> = []
        for name in [name] + attributes.flatMap({ [$0.name, $0.value] }) {
            if let colon = name.firstIndex(of: ":") { free.insert(String(name[..<colon])) }
        }
        for child in children { free.formUnion(child.freePrefixes) }
        return free.subtracting(declaredPrefixes.keys).subtracting(["xml", "xmlns"])
    }
}
