import ArmProtocol
import ArmSync
import DiskSimulation
import JSONDocument

@testable import ArmSyncStorage

/// Whatever stands in a journal: it is read or refused, what it was to hold is kept, and a damaged
/// one is repaired to one that can be read and written.
///
/// The input is the journal's lines. One that begins with `+` gets a check sum that is right, since
/// no mutation would guess it.
enum JournalLaws {
    static func check(_ bytes: [UInt8]) throws(BrokenLaw) {
        let journal = journal(from: bytes)
        let disk = try JournalDisk(holding: journal)
        let store = disk.store()
        switch Result(catching: { () throws(StoreError) in try store.state(of: JournalDisk.key) }) {
        case .success(let state):
            try checkReadable(journal, state, disk)
        case .failure(let error):
            try expect(error.code == .unreadable, "a journal is read or unreadable", error.message)
            try checkUnreadable(journal, disk)
        }
        try checkStanding(bytes)
    }

    /// The bytes of the journal that the lines stand for.
    private static func journal(from bytes: [UInt8]) -> [UInt8] {
        let lines = bytes.split(separator: JournalLine.newline, omittingEmptySubsequences: false)
        let written = lines.map { line -> [UInt8] in
            guard line.first == UInt8(ascii: "+") else { return Array(line) }
            let body = line.dropFirst()
            return Array("{\"crc\":\"\(CRC32C.text(of: body))\",".utf8) + body
        }
        return Array(written.joined(separator: [JournalLine.newline]))
    }

    // MARK: - One that can be read

    private static func checkReadable(
        _ journal: [UInt8],
        _ state: DocumentState,
        _ disk: JournalDisk
    ) throws(BrokenLaw) {
        let survey = try succeed("what can be read can be looked through") {
            try disk.store().survey(JournalDisk.key)
        }
        try expect(survey == nil, "what can be read is not damaged")
        checkUse(of: state)
        try checkPieces(of: journal, state)
        try checkTornTail(behind: journal, state)
        try disk.checkWriting(after: state)
    }

    /// Read line by line, as a process does that keeps it open, it says the same.
    private static func checkPieces(
        of journal: [UInt8],
        _ state: DocumentState
    ) throws(BrokenLaw) {
        var fold = JournalFold()
        var rest = journal[...]
        while let end = rest.firstIndex(of: JournalLine.newline) {
            let line = Array(rest[...end])
            rest = rest[(end + 1)...]
            // A whole is read from its last snapshot on, whatever the records before it say; and a
            // line is only torn at the end of all there is.
            guard takes(line, &fold) else { return }
        }
        try expect(fold.state == state, "read line by line, a journal says the same")
    }

    /// Whether the lines are taken, and all of them.
    private static func takes(_ lines: [UInt8], _ fold: inout JournalFold) -> Bool {
        do throws(JournalError) { return try fold.append(lines) == nil } catch { return false }
    }

    /// What is torn behind whole records takes nothing of them.
    private static func checkTornTail(
        behind journal: [UInt8],
        _ state: DocumentState
    ) throws(BrokenLaw) {
        var fold = JournalFold()
        guard takes(journal, &fold), fold.lineCount > 0 else { return }
        let torn: [[UInt8]] = [[0, 0, 0], Array("{\"crc\":\"0".utf8), journal.dropLast(3)]
        for tail in torn {
            let line = Array(tail[(tail.lastIndex(of: JournalLine.newline).map { $0 + 1 } ?? 0)...])
            let disk = try JournalDisk(holding: journal + line)
            let found = try succeed("what is torn behind whole records does no harm to them") {
                try disk.store().state(of: JournalDisk.key)
            }
            try expect(found == state, "what is torn behind whole records takes nothing of them")
        }
    }

    /// What is made of a state before anything is written: no trap.
    private static func checkUse(of state: DocumentState) {
        var standing = ServerStanding()
        standing.trouble = state.trouble
        let settings = SyncSettings()
        let status = DocumentStatus(JournalDisk.key, state, server: standing, settings: settings)
        _ = status.needsPerson(at: JournalDisk.noon)
        _ = state.mistrusted
        _ = state.outbox.grouped
    }

    // MARK: - One that cannot

    private static func checkUnreadable(_ journal: [UInt8], _ disk: JournalDisk) throws(BrokenLaw) {
        let store = disk.store()
        let write = try? store.commit(JournalDisk.key, at: JournalDisk.noon) { _ in nil }
        try expect(write == nil, "what cannot be read is not written to")
        _ = try? store.history(of: JournalDisk.key)
        let look = Result { () throws(StoreError) in try store.survey(JournalDisk.key) }
        if case .failure(let error) = look {
            try expect(error.message.contains("newer"), "damage is surveyed", error.message)
            return
        }
        guard case .success(let survey?) = look else {
            throw BrokenLaw(law: "what cannot be read is damaged", detail: "")
        }
        try expect(
            0...journal.count ~= survey.lostBytes && survey.line > 0 && !survey.reason.isEmpty,
            "damage has a place and a reason"
        )
        checkUse(of: survey.state)
        // Where no numbers are left, nothing can be written at all.
        guard survey.highestSequence < JournalHeader.sequenceLimit else { return }
        let repair = try succeed("what is damaged can be repaired") {
            try store.repair(JournalDisk.key, as: survey, at: JournalDisk.noon)
        }
        try expect(
            disk.bytes(repair.journalCopy) == journal,
            "a repair keeps a copy of the damaged journal"
        )
        let state = try succeed("what was repaired can be read") {
            try disk.store().state(of: JournalDisk.key)
        }
        try expect(state == repair.state, "what was repaired is what the repair said")
        try expect(
            survey.stranded.allSatisfy { $0.sequence < state.sequence },
            "no number is given twice"
        )
        try disk.checkWriting(after: state)
    }

    // MARK: - What is remembered of the server

    /// Anything may stand in `server.json`; what is made of it is remembered as it is.
    private static func checkStanding(_ bytes: [UInt8]) throws(BrokenLaw) {
        let disk = try JournalDisk(standing: bytes)
        let standing = disk.store().serverStanding()
        try succeed("what is known of the server can be remembered") {
            try disk.store().remember(standing)
        }
        try expect(
            disk.store().serverStanding() == standing,
            "what is known of the server is read back as it was"
        )
    }
}
