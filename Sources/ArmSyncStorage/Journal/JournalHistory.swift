package import ArmSync
import JSONDocument

/// What happened to a document: the last events one by one, and how often each happened at all.
package struct JournalHistory: Hashable, Sendable {
    /// Most events kept one by one.
    package static let eventLimit = 200

    /// One record, as the log shows it.
    package struct Entry: Hashable, Sendable {
        package var sequence: Int
        package var time: Timestamp
        package var event: Event
    }

    /// Oldest first.
    package private(set) var events: [Entry] = []
    package private(set) var totals: [Event: Int] = [:]
}

extension JournalHistory {
    /// The history in the intact lines of a journal.
    init(of bytes: [UInt8]) throws(JournalError) {
        var number = 0
        for line in bytes.split(separator: JournalLine.newline) {
            number += 1
            guard JournalLine.isIntact(line) else { continue }
            do throws(JournalDamage) {
                let header = try JournalHeader(scanning: line)
                if number == 1, header.event == .compacted {
                    try restore(JournalLine.object(of: line))
                } else {
                    append(header)
                }
            } catch {
                throw JournalError(line: number, reason: error.reason)
            }
        }
        events = Array(events.suffix(Self.eventLimit))
    }

    private mutating func append(_ header: JournalHeader) {
        let entry = Entry(sequence: header.sequence, time: header.time, event: header.event)
        events.append(entry)
        totals[header.event, default: 0] += 1
    }

    private mutating func restore(_ object: JSONObject) throws(JournalDamage) {
        for json in object["history"]?.array ?? [] {
            guard let sequence = json["sequence"]?.int,
                let time = json["time"]?.text.flatMap(Timestamp.init(rfc3339:)),
                let event = json["event"]?.text.flatMap(Event.init(rawValue:))
            else { throw JournalDamage("\"history\" is not as expected") }
            events.append(Entry(sequence: sequence, time: time, event: event))
        }
        for (name, value) in object["totals"]?.object ?? JSONObject() {
            guard let event = Event(rawValue: name.text), let count = value.int, count >= 0 else {
                throw JournalDamage("\"totals\" is not as expected")
            }
            totals[event] = count
        }
    }

    var eventsJSON: JSONValue {
        .array(
            events.map { entry in
                [
                    "sequence": .number(JSONNumber(entry.sequence)),
                    "time": .string(JSONString(entry.time.rfc3339)),
                    "event": .string(JSONString(entry.event.rawValue)),
                ]
            }
        )
    }

    var totalsJSON: JSONValue {
        var object = JSONObject()
        for event in Event.allCases {
            object[JSONString(event.rawValue)] = totals[event].map { .number(JSONNumber($0)) }
        }
        return .object(object)
    }
}
