/// A spoilt spelling of an answer.
struct XMLShape {
    let shape: Shape

    init(_ shape: Shape) { self.shape = shape }

    func document(_ root: Element) -> [UInt8] {
        switch shape {
        case .faithful, .truncated:
            return XMLWriter.document(root)
        case .half:
            let whole = XMLWriter.document(root)
            return Array(whole.prefix(whole.count / 2))
        case .large(let byteCount):
            let whole = XMLWriter.document(root)
            let padding = max(0, byteCount - whole.count)
            return whole + [UInt8](repeating: UInt8(ascii: " "), count: padding)
        case .deep(let levels):
            return deep(root, levels)
        case .doctype:
            let declaration = "<!DOCTYPE out [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>\n"
            let whole = XMLWriter.document(root)
            let prolog = XMLWriter.declaration.utf8
            return Array(prolog) + declaration.utf8 + whole.dropFirst(prolog.count)
        }
    }

    /// Written flat: so many levels would exhaust the stack of whoever walks them.
    private func deep(_ root: Element, _ levels: Int) -> [UInt8] {
        var bytes = Array(XMLWriter.declaration.utf8) + XMLWriter.startTag(root)
        bytes += "><response><user_data>".utf8
        for _ in 0..<levels { bytes += "<n>".utf8 }
        for _ in 0..<levels { bytes += "</n>".utf8 }
        bytes += "</user_data></response></\(root.name)>".utf8
        return bytes
    }
}
