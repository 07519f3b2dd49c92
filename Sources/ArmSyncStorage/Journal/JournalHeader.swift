import ArmSync

/// What every line begins with, read without decoding the rest.
///
/// Always written in this order and without white space, so that a long journal is checked and the
/// last snapshot found at the speed of a check sum.
struct JournalHeader: Hashable, Sendable {
    /// The format this program writes, and the only one it reads.
    static let version = 1
    /// The highest number of a record: no journal comes near it, and the next one is always a number.
    static let sequenceLimit = 1 << 53

    var sequence: Int
    var time: Timestamp
    var type: String
    var event: Event
    /// What the cache file holds once this record's state has reached it; nil where the record did
    /// not change local.
    var cache: CacheDigest?
    /// What the cache file held before that.
    var cacheBefore: CacheDigest?

    var isSnapshot: Bool { type == "snapshot" }

    /// Whether the record begins a journal that was written anew, synced before it got its name.
    var isAnew: Bool { event == .compacted || event == .repaired }
}

extension JournalHeader {
    /// Reads the header of a line whose check sum has been compared.
    init(scanning line: ArraySlice<UInt8>) throws(JournalDamage) {
        var scanner = LineScanner(line.dropFirst(JournalLine.prefixLength))
        guard scanner.skip("\"version\":"), let version = scanner.number() else {
            throw JournalDamage("not a record")
        }
        guard version == Self.version else {
            throw JournalDamage("version \(version): written by a newer arm-sync", isNewer: true)
        }
        guard scanner.skip(",\"sequence\":"), let sequence = scanner.number(), sequence > 0,
            scanner.skip(",\"time\":"), let time = scanner.text(),
            scanner.skip(",\"type\":"), let type = scanner.text(),
            scanner.skip(",\"event\":"), let event = scanner.text()
        else { throw JournalDamage("not a record") }
        guard sequence <= Self.sequenceLimit else {
            throw JournalDamage("number \(sequence) is higher than a record's can be")
        }
        guard let time = Timestamp(rfc3339: time) else {
            throw JournalDamage("\"\(time)\" is no time")
        }
        guard let event = Event(rawValue: event) else {
            throw JournalDamage(
                "an event of the unknown name \"\(event)\": written by a newer arm-sync",
                isNewer: true
            )
        }
        self.init(sequence: sequence, time: time, type: type, event: event)
        if scanner.skip(",\"cache\":") {
            cache = scanner.text().map(CacheDigest.init(text:))
            if scanner.skip(",\"cache_before\":") {
                cacheBefore = scanner.text().map(CacheDigest.init(text:))
            }
        }
    }
}

/// Why a journal cannot be used, without a trailing full stop.
struct JournalDamage: Error, Hashable {
    var reason: String
    /// Not broken, but of a kind that this program does not know.
    var isNewer: Bool

    init(_ reason: String, isNewer: Bool = false) {
        self.reason = reason
        self.isNewer = isNewer
    }
}

/// Reads the few shapes a header has.
private struct LineScanner {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func skip(_ expected: StaticString) -> Bool {
        let isNext = expected.withUTF8Buffer { rest.starts(with: $0) }
        if isNext { rest = rest.dropFirst(expected.utf8CodeUnitCount) }
        return isNext
    }

    mutating func number() -> Int? {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        rest = rest[digits.endIndex...]
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// A string without escapes, none of which stand in what a header holds.
    mutating func text() -> String? {
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        let text = rest.prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        rest = rest[text.endIndex...]
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        return String(decoding: text, as: UTF8.self)
    }
}
