import ArmSync
import JSONDocument

/// One line of a journal: `{"crc":"1a2b3c4d","version":1,"sequence":5,…}` and a newline.
///
/// The check sum is over everything behind its own member, up to the newline.
enum JournalLine {
    static let newline = UInt8(ascii: "\n")
    /// Bytes of `{"crc":"1a2b3c4d",`.
    static let prefixLength = opening.count + CRC32C.digitCount + separator.count

    /// Levels a record may lay around a document, which may itself be as deep as documents may.
    static let envelopeDepth = 8

    private static let opening = Array("{\"crc\":\"".utf8)
    private static let separator = Array("\",".utf8)
    /// Bytes that an edit seldom exceeds.
    private static let usualLength = 512

    /// The line of a record.
    ///
    /// - Parameter record: its members, as `Record.json` has them.
    static func encoded(
        _ record: JSONObject,
        _ header: JournalHeader,
        history: JournalHistory? = nil
    ) -> [UInt8] {
        var line = opening
        line.reserveCapacity(usualLength)
        line.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: CRC32C.digitCount))
        line += separator
        line.append("version", .number(JSONNumber(JournalHeader.version)))
        line.append("sequence", .number(JSONNumber(header.sequence)))
        line.append("time", .string(JSONString(header.time.rfc3339)))
        line.append("type", .string(JSONString(header.type)))
        line.append("event", .string(JSONString(header.event.rawValue)))
        if let cache = header.cache { line.append("cache", cache.json) }
        if let before = header.cacheBefore { line.append("cache_before", before.json) }
        if let history {
            line.append("history", history.eventsJSON)
            line.append("totals", history.totalsJSON)
        }
        for (name, value) in record where name != "type" && name != "event" {
            line.append(name, value)
        }
        line[line.count - 1] = UInt8(ascii: "}")
        let digits = CRC32C.digits(of: line[prefixLength...])
        line.replaceSubrange(opening.count..<opening.count + CRC32C.digitCount, with: digits)
        line.append(newline)
        return line
    }

    /// Compares the check sum of a line, given without its newline.
    static func isIntact(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count > prefixLength, line.starts(with: opening) else { return false }
        let body = line.dropFirst(prefixLength)
        let written = line.dropFirst(opening.count).prefix(CRC32C.digitCount)
        return written.elementsEqual(CRC32C.digits(of: body))
            && line.dropFirst(opening.count + CRC32C.digitCount).starts(with: separator)
    }

    /// The members of an intact line.
    static func object(of line: ArraySlice<UInt8>) throws(JournalDamage) -> JSONObject {
        do throws(JSONParseError) {
            let value = try JSONValue(
                parsing: Array(line),
                maximumDepth: JSONValue.depthLimit + envelopeDepth
            )
            if let object = value.object { return object }
        } catch {
            throw JournalDamage("not JSON at byte \(error.offset): \(error.message)")
        }
        throw JournalDamage("not an object")
    }
}

extension [UInt8] {
    /// Writes a member, and the comma behind it.
    fileprivate mutating func append(_ name: JSONString, _ value: JSONValue) {
        JSONValue.string(name).append(to: &self)
        append(UInt8(ascii: ":"))
        value.append(to: &self)
        append(UInt8(ascii: ","))
    }
}
