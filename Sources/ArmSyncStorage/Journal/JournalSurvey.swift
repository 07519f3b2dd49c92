package import ArmSync

/// What can be saved of a damaged journal, and what is lost.
package struct JournalSurvey: Hashable, Sendable {
    /// An intact record that does not follow what can be saved.
    package struct Stranded: Hashable, Sendable {
        package var sequence: Int
        package var time: Timestamp
        package var event: Event
        /// What it changed, where it is an edit.
        package var edit: Edit?
    }

    /// Where the damage was found, from 1, and what it is.
    package private(set) var line: Int
    package private(set) var reason: String
    /// The state the records amount to that can be saved.
    package private(set) var state = DocumentState()
    /// When the last of them was written; nil where there is none.
    package private(set) var keptUntil: Timestamp?
    /// Bytes behind them.
    package private(set) var lostBytes: Int
    /// Lines among those bytes that are broken.
    package private(set) var brokenLines = 0
    package private(set) var stranded: [Stranded] = []
    /// The highest number of any record, that none be given twice.
    private(set) var highestSequence = 0

    /// Whether a whole state was written after the damage, so that nothing is lost.
    package var isComplete: Bool { lostBytes == 0 }
}

extension JournalSurvey {
    /// Surveys a journal; nil where it is not damaged.
    ///
    /// A snapshot is a whole state, whatever was before it: what can be saved is the last one, with
    /// the good records that follow it, or else the records from the beginning on. What a newer
    /// program wrote is not damaged, and refused.
    init?(of bytes: [UInt8]) throws(JournalError) {
        var damage: JournalError?
        do throws(JournalError) {
            var fold = JournalFold()
            _ = try fold.append(bytes)
        } catch {
            damage = error
        }
        guard let damage else { return nil }
        let lines = try Self.lines(of: bytes)
        line = damage.line
        reason = damage.reason
        lostBytes = bytes.count
        var limit = bytes.count
        for start in Self.starts(in: lines) {
            guard let (fold, end) = Self.run(from: start, in: lines, of: bytes[..<limit]) else {
                // No run from further up gets past it either: to try it again with each of them would
                // take hours where many are broken.
                limit = start < lines.count ? lines[start].bytes.startIndex : limit
                continue
            }
            state = fold.state
            lostBytes = bytes.count - end
            break
        }
        let keptEnd = bytes.count - lostBytes
        keptUntil = lines.last { $0.bytes.startIndex < keptEnd && $0.header != nil }?.header?.time
        for line in lines where line.bytes.startIndex >= keptEnd {
            if let header = line.header {
                stranded.append(Stranded(header, line.bytes))
            } else {
                brokenLines += 1
            }
        }
        highestSequence = lines.compactMap(\.header?.sequence).max() ?? 0
    }

    private struct Line {
        /// Without the newline.
        var bytes: ArraySlice<UInt8>
        /// Nil where the line is broken.
        var header: JournalHeader?
    }

    /// The lines as `JournalFold` counts them, empty ones too.
    private static func lines(of bytes: [UInt8]) throws(JournalError) -> [Line] {
        var lines: [Line] = []
        var rest = bytes.split(separator: JournalLine.newline, omittingEmptySubsequences: false)
        if rest.last?.isEmpty ?? false { rest.removeLast() }
        for line in rest {
            var found = Line(bytes: line)
            if JournalLine.isIntact(line) {
                do throws(JournalDamage) {
                    found.header = try JournalHeader(scanning: line)
                } catch {
                    if error.isNewer {
                        throw JournalError(lines.count + 1, error)
                    }
                }
            }
            lines.append(found)
        }
        return lines
    }

    /// Where a state may begin: the snapshots, the last one first, then the beginning.
    private static func starts(in lines: [Line]) -> [Int] {
        let snapshots = lines.indices.filter { lines[$0].header?.isSnapshot ?? false }
        return snapshots.reversed() + (snapshots.first == 0 ? [] : [0])
    }

    /// The fold of the good records from a line on, and where they end; nil where there are none.
    private static func run(
        from start: Int,
        in lines: [Line],
        of bytes: ArraySlice<UInt8>
    ) -> (JournalFold, end: Int)? {
        guard start < lines.count else { return nil }
        let begin = lines[start].bytes.startIndex
        var end = bytes.endIndex
        while end > begin {
            var fold = JournalFold()
            do throws(JournalError) {
                _ = try fold.append(Array(bytes[begin..<end]))
                return fold.lineCount > 0 ? (fold, begin + fold.length) : nil
            } catch {
                end = lines[start + error.line - 1].bytes.startIndex
            }
        }
        return nil
    }
}

extension JournalSurvey.Stranded {
    fileprivate init(_ header: JournalHeader, _ line: ArraySlice<UInt8>) {
        self.init(sequence: header.sequence, time: header.time, event: header.event)
        guard let object = try? JournalLine.object(of: line), let record = try? Record(json: object)
        else { return }
        if case .edit(let edit) = record.change { self.edit = edit }
    }
}
