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

    /// The line of a record.
    ///
    /// - Parameter record: its members, as `Record.json` has them.
    static func encoded(
        _ record: JSONObject,
        _ header: JournalHeader,
        history: JournalHistory? = nil
    ) -> [UInt8] {
        var object = JSONObject()
        object["version"] = .number(JSONNumber(JournalHeader.version))
        object["sequence"] = .number(JSONNumber(header.sequence))
        object["time"] = .string(JSONString(header.time.rfc3339))
        object["type"] = .string(JSONString(header.type))
        object["event"] = .string(JSONString(header.event.rawValue))
        object["cache"] = header.cache?.json
        object["cache_before"] = header.cacheBefore?.json
        if let history {
            object["history"] = history.eventsJSON
            object["totals"] = history.totalsJSON
        }
        for (name, value) in record { object[name] = value }
        let body = JSONValue.object(object).serialized().dropFirst()
        var line = opening
        line.reserveCapacity(body.count + prefixLength + 1)
        line += Array(CRC32C.text(of: body).utf8)
        line += separator
        line += body
        line.append(newline)
        return line
    }

    /// Compares the check sum of a line, given without its newline.
    static func isIntact(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count > prefixLength, line.starts(with: opening) else { return false }
        let body = line.dropFirst(prefixLength)
        let written = line.dropFirst(opening.count).prefix(CRC32C.digitCount)
        return written.elementsEqual(CRC32C.text(of: body).utf8)
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
