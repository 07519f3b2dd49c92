package import ArmSync
package import JSONDocument

/// What happened to a document: the last events one by one, and how often each happened at all.
///
/// Reads that changed nothing are only counted: a document that is looked after every few minutes
/// would show nothing else.
package struct JournalHistory: Hashable, Sendable {
    /// Most events kept one by one.
    package static let eventLimit = 200
    /// Most bytes of an event's detail that outlive the writing anew of a journal.
    static let detailLimit = 240
    /// Most bytes of what was given up that do, the newest first.
    static let retiredLimit = 64 << 10

    /// One record, as the log shows it.
    package struct Entry: Hashable, Sendable {
        package var sequence: Int
        package var time: Timestamp
        package var event: Event
        /// What else there is to say, as a sentence.
        package var detail: String?
        /// Who edited what; known as long as the journal was not written anew since.
        package var edit: EditSummary?
        /// What was given up: the patch that would bring it back.
        package var retired: JSONPatch?
    }

    /// Oldest first.
    package private(set) var events: [Entry] = []
    package private(set) var totals: [Event: Int] = [:]

    init() {}
}

extension JournalHistory {
    /// The history in the intact lines of a journal.
    ///
    /// - Parameter summarizesEdits: whether to decode who edited what. A journal written anew does
    ///   not keep that, and to decode it all for nothing costs more than the writing.
    init(of bytes: [UInt8], summarizesEdits: Bool = true) throws(JournalError) {
        var number = 0
        var listed: [(header: JournalHeader, line: ArraySlice<UInt8>)] = []
        for line in bytes.split(separator: JournalLine.newline) {
            number += 1
            guard JournalLine.isIntact(line) else { continue }
            do throws(JournalDamage) {
                let header = try JournalHeader(scanning: line)
                if number == 1, header.isAnew {
                    restore(try JournalLine.object(of: line))
                } else {
                    count(header.event)
                    if header.event != .read { listed.append((header, line)) }
                }
            } catch {
                throw JournalError(line: number, reason: error.reason)
            }
        }
        for (header, line) in listed.suffix(Self.eventLimit) {
            let hasDetails = header.hasDetails(in: line) && (summarizesEdits || !header.isEdit)
            events.append(hasDetails ? Entry(header, line) : Entry(header))
        }
        events = Array(events.suffix(Self.eventLimit))
    }

    /// Takes in what happens now.
    mutating func append(_ entry: Entry) {
        events = Array((events + [entry]).suffix(Self.eventLimit))
        count(entry.event)
    }

    /// Totals come from disk: past what fits, the most there is.
    private mutating func count(_ event: Event) {
        let (sum, overflow) = totals[event, default: 0].addingReportingOverflow(1)
        totals[event] = overflow ? .max : sum
    }
}

extension JournalHistory.Entry {
    /// The entry of a record that says no more than its header.
    fileprivate init(_ header: JournalHeader) {
        self.init(sequence: header.sequence, time: header.time, event: header.event)
    }

    /// The entry of a record. One that cannot be decoded still happened.
    fileprivate init(_ header: JournalHeader, _ line: ArraySlice<UInt8>) {
        self.init(header)
        guard let object = try? JournalLine.object(of: line),
            let record = try? Record(json: object)
        else { return }
        retired = record.retired
        switch record.change {
        case .edit(let change): edit = EditSummary(change, id: header.sequence)
        case .note(let note): detail = note.detail ?? note.trouble?.message
        case .snapshot, .sending: break
        }
    }
}

extension JournalHeader {
    /// Whether the record says more than its event; decoding a whole state to find nothing is slow.
    ///
    /// What was given up stands last. A member of that name in the document may be taken for it: then
    /// the record is decoded in vain.
    fileprivate func hasDetails(in line: ArraySlice<UInt8>) -> Bool {
        guard isSnapshot else { return isEdit || type == "note" }
        let end = line.suffix(DocumentState.retiredLimit + Self.retired.count + 2)
        return end.indices.contains { end[$0...].starts(with: Self.retired) }
    }

    private static let retired = Array(#","retired":["#.utf8)

    fileprivate var isEdit: Bool { type == "edit" }
}

// MARK: - In a journal written anew

extension JournalHistory {
    /// Takes in what stands in such a journal, and passes over what it does not understand: the
    /// document is not there for the sake of its log, and writing it anew must not fail for that.
    private mutating func restore(_ object: JSONObject) {
        for json in object["history"]?.array ?? [] {
            guard let sequence = json["sequence"]?.int,
                let time = json["time"]?.text.flatMap(Timestamp.init(rfc3339:)),
                let event = json["event"]?.text.flatMap(Event.init(rawValue:))
            else { continue }
            var entry = Entry(sequence: sequence, time: time, event: event)
            entry.detail = json["detail"]?.text
            entry.retired = json["retired"].flatMap { try? JSONPatch(json: $0) }
            events.append(entry)
        }
        for (name, value) in object["totals"]?.object ?? JSONObject() {
            guard let event = Event(rawValue: name.text), let count = value.int, count >= 0 else {
                continue
            }
            totals[event] = count
        }
    }

    var eventsJSON: JSONValue {
        var room = Self.retiredLimit
        var newestFirst: [JSONValue] = []
        for entry in events.reversed() {
            var object = JSONObject()
            object["sequence"] = .number(JSONNumber(entry.sequence))
            object["time"] = .string(JSONString(entry.time.rfc3339))
            object["event"] = .string(JSONString(entry.event.rawValue))
            object["detail"] = entry.detail.map {
                .string(JSONString($0.cut(to: Self.detailLimit)))
            }
            if let retired = entry.retired?.json {
                room -= retired.serialized().count
                if room >= 0 { object["retired"] = retired }
            }
            newestFirst.append(.object(object))
        }
        return .array(newestFirst.reversed())
    }

    var totalsJSON: JSONValue {
        var object = JSONObject()
        for event in Event.allCases {
            object[JSONString(event.rawValue)] = totals[event].map { .number(JSONNumber($0)) }
        }
        return .object(object)
    }
}

extension String {
    /// The text, or so many bytes of it and a sign that it goes on.
    fileprivate func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var rest = self[...]
        while rest.utf8.count > limit { rest.removeLast() }
        return rest + "…"
    }
}
