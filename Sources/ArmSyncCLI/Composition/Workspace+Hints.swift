import ArmProtocol
import ArmSync

extension Workspace {
    /// Names the document that may have been meant, where nothing is known of this one; nil where
    /// none is near.
    func hint(at key: DocumentKey) -> String? {
        // A hint that cannot be had is no reason to fail.
        guard let keys = try? store.keys(), !keys.contains(key),
            let likely = LikelyDocument.likely(for: key, among: keys)
        else { return nil }
        return "There is \(likely.words.printable); did you mean that?  \(likely.flags.dropFirst())"
    }

    /// Says it, where the document was never touched.
    func hint(at key: DocumentKey, _ state: DocumentState) throws(CommandError) {
        guard state.sequence == 0, let hint = hint(at: key) else { return }
        try console.say(hint)
    }
}
