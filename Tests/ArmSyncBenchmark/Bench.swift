import FoundationEssentials

/// What every measurement needs: the programs, a place on a disk, how long to go on.
struct Bench {
    var armSync: Program
    var hello: Program
    var armServer: String
    var directory: String
    /// A short look instead of the whole.
    var isQuick: Bool

    func rounds(_ full: Int) -> Int { isQuick ? max(3, full / 10) : full }

    /// The program on a state directory of that name.
    func armSync(_ state: String) -> Program {
        var program = armSync
        program.environment += [
            "ARM_SYNC_STATE_DIR=\(directory)/\(state)", "ARM_SYNC_APPLICATION=reports",
            "ARM_SYNC_AGENT=102",
        ]
        return program
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = "\(directory)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }
}

/// Makes documents like those of the call centre's own application.
enum SampleDocument {
    /// Compact JSON of about that many bytes, in records of about 160.
    static func bytes(about length: Int) -> [UInt8] {
        let records = (0..<max(1, length / 160)).map { number in
            """
            {"id":\(number),"name":"Отчёт по операторам","queueIds":[\(number),7,12],\
            "filter":{"from":"2026-11-22","team":"second line"},"hidden":false,"count":0}
            """
        }
        return Array("{\"counter\":0,\"reports\":[\(records.joined(separator: ","))]}".utf8)
    }
}
