import ArmSync

/// What the lines of a journal amount to.
struct JournalFold: Sendable {
    private(set) var state = DocumentState()
    /// Bytes of all intact lines.
    private(set) var length = 0
    private(set) var lineCount = 0
    /// Bytes of the last snapshot's line; 0 where there is none.
    private(set) var snapshotLength = 0
    /// Bytes of the lines after it.
    private(set) var tailLength = 0
    /// What the cache file holds once it is up to date; nil where local never changed.
    private(set) var cache: CacheDigest?
    /// What it holds where the last change has not reached it.
    private(set) var cacheBefore: CacheDigest?

    /// Whether every name that leads to the journal is known to survive power loss.
    ///
    /// A record is only ever appended behind another after the names were synced, so two of them
    /// are the proof. With fewer, whoever made the file may have died before it synced them.
    var isNameDurable: Bool { lineCount > 1 }
}

/// The end of a journal that no writer completed.
struct TornTail: Hashable, Sendable {
    var bytes: [UInt8]
    /// Whether all of the line may have been there once, so that its record may have been
    /// acknowledged.
    var mayHaveBeenStored: Bool { bytes.last == JournalLine.newline }
}

extension JournalFold {
    /// Folds more lines, and returns what is torn at their end.
    ///
    /// Every line is checked, but only those from the last snapshot on are decoded.
    mutating func append(_ bytes: [UInt8]) throws(JournalError) -> TornTail? {
        var lines: [(bytes: ArraySlice<UInt8>, header: JournalHeader)] = []
        var torn: TornTail?
        var rest = bytes[...]
        while !rest.isEmpty {
            let number = lineCount + lines.count + 1
            let end = rest.firstIndex(of: JournalLine.newline)
            let line = rest[..<(end ?? rest.endIndex)]
            let isLast = end.map { rest.index(after: $0) == rest.endIndex } ?? true
            guard end != nil, JournalLine.isIntact(line) else {
                guard isLast, number > 1 || Self.isFirstAppend(rest), !Self.hidesRecord(rest) else {
                    throw JournalError(line: number, reason: "its check sum is wrong")
                }
                torn = TornTail(bytes: Array(rest))
                break
            }
            do throws(JournalDamage) {
                let header = try JournalHeader(scanning: line)
                let before = lines.last?.header.sequence ?? state.sequence
                try Self.check(header, after: before, isFirst: number == 1)
                lines.append((line, header))
            } catch {
                throw JournalError(line: number, reason: error.reason)
            }
            rest = rest[line.endIndex...].dropFirst()
        }
        let start = lines.lastIndex { $0.header.isSnapshot } ?? 0
        let decoded = lines[start...]
        for line in lines[..<start] { count(line.header, length: line.bytes.count + 1) }
        for line in decoded {
            do throws(JournalDamage) {
                try apply(line.bytes, line.header)
            } catch {
                throw JournalError(line: lineCount + 1, reason: error.reason)
            }
            count(line.header, length: line.bytes.count + 1)
        }
        return torn
    }

    /// Takes in a record that has just been written, whose state is known.
    mutating func append(_ header: JournalHeader, length: Int, state: DocumentState) {
        self.state = state
        count(header, length: length)
    }

    private mutating func count(_ header: JournalHeader, length: Int) {
        lineCount += 1
        self.length += length
        if header.isSnapshot {
            snapshotLength = length
            tailLength = 0
        } else {
            tailLength += length
        }
        if let cache = header.cache {
            self.cache = cache
            cacheBefore = header.cacheBefore
        }
    }

    private mutating func apply(
        _ line: ArraySlice<UInt8>,
        _ header: JournalHeader
    ) throws(JournalDamage) {
        let object = try JournalLine.object(of: line)
        do throws(FoldError) {
            let record = try Record(json: object)
            try state.apply(record, sequence: header.sequence, time: header.time)
        } catch {
            throw JournalDamage(error.message)
        }
    }

    private static func check(
        _ header: JournalHeader,
        after sequence: Int,
        isFirst: Bool
    ) throws(JournalDamage) {
        if isFirst && header.isSnapshot { return }
        guard header.sequence == sequence + 1 else {
            throw JournalDamage("number \(header.sequence) follows number \(sequence)")
        }
    }

    /// Whether an intact line ends a broken one: then it is the newline between them that broke, and
    /// both were stored.
    private static func hidesRecord(_ line: ArraySlice<UInt8>) -> Bool {
        var rest = line.dropFirst()
        if rest.last == JournalLine.newline { rest = rest.dropLast() }
        while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
            rest = rest[start...]
            if JournalLine.isIntact(rest) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// Whether a broken first line may be what a crash left of the first append.
    ///
    /// A journal written anew begins with a snapshot that was synced before it got its name. That
    /// cannot be torn; where it is broken, cutting it would throw the document away.
    private static func isFirstAppend(_ line: ArraySlice<UInt8>) -> Bool {
        guard let header = try? JournalHeader(scanning: line) else {
            return line.first == 0 || line.last != JournalLine.newline
        }
        return header.sequence == 1 && !header.isAnew
    }
}

/// A journal that cannot be used, and where.
struct JournalError: Error, Hashable {
    /// From 1.
    var line: Int
    var reason: String

    init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    init(_ line: Int, _ damage: JournalDamage) { self.init(line: line, reason: damage.reason) }
}
