import ArmProtocol
import ArmSync
import JSONDocument

/// What the command of `on_attention` is told: `arm-sync.attention/1`.
///
/// Never a word of a document's contents, nor of the server's own: the pointers of places that
/// conflict are all it says of what is in a document.
struct AttentionNews {
    /// Entries beyond which the rest is only counted, in each of the two lists.
    static let most = 20
    /// Places beyond which the rest is only counted, in each entry.
    static let mostPlaces = 10
    /// Bytes beyond which a place is only counted, too.
    static let longestPlace = 200
    /// Bytes of the whole, which has to fit into a pipe.
    static let sizeLimit = 48 << 10

    let concerns: Concerns
    let announcing: Announcing
    let binding: Binding?
    let now: Timestamp

    var isEmpty: Bool { newly.isEmpty && over.isEmpty }

    private var newly: [(Concern, Announcement)] { concerns.newly(announcing) }
    private var over: [(ConcernKind, Announcement)] { concerns.over(announcing) }

    /// The object and a newline, with as many entries as fit.
    var bytes: [UInt8] {
        var most = Self.most
        while true {
            let bytes = json(most: most).serialized() + [UInt8(ascii: "\n")]
            if bytes.count <= Self.sizeLimit || most == 0 { return bytes }
            most /= 2
        }
    }

    private func json(most: Int) -> JSONValue {
        let (newly, over) = (newly, over)
        var object = JSONObject()
        object["schema"] = "arm-sync.attention/1"
        object["at"] = now.json
        object["server"] = .text(binding?.server)
        object["domain"] = .text(binding?.domain)
        object["new"] = .array(newly.prefix(most).map { entry($0, $1) })
        object["over"] = .array(over.prefix(most).map { entry($0, $1) })
        let omitted = max(newly.count - most, 0) + max(over.count - most, 0)
        object["omitted"] = .number(JSONNumber(omitted))
        return .object(object)
    }

    private func entry(_ concern: Concern, _ announcement: Announcement) -> JSONValue {
        var object = head(announcement)
        object["needs_person"] = .bool(concern.status != .done)
        object["subject"] = .text(concern.subject)
        object["title"] = .text(concern.title)
        let sentences = [concern.explanation, concern.waiting].compactMap(\.self)
        object["text"] = .text(sentences.filter { !$0.isEmpty }.joined(separator: " "))
        let places = concern.places.map(\.string).filter { $0.bytes.count <= Self.longestPlace }
            .prefix(Self.mostPlaces)
        object["places"] = .array(places.map { .string($0) })
        object["omitted_places"] = .number(JSONNumber(concern.places.count - places.count))
        object["commands"] = .array(
            concern.commands.map { ["command": .text($0.command), "effect": .text($0.effect)] }
        )
        return .object(object)
    }

    private func entry(_ kind: ConcernKind, _ announcement: Announcement) -> JSONValue {
        var object = head(announcement)
        object["subject"] = .text(announcement.identity.document?.words.printable)
        object["title"] = .text(kind.over)
        return .object(object)
    }

    private func head(_ announcement: Announcement) -> JSONObject {
        var object = JSONObject()
        object["application_id"] = .text(announcement.identity.document?.application)
        object["agent_id"] = .text(announcement.identity.document?.agent)
        object["cause"] = .text(ConcernKind(announcement.identity)?.rawValue)
        object["since"] = announcement.since.json
        return object
    }
}
