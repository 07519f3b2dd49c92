import Foundation
import Glibc

/// What a scene's command meets.
protocol Trouble: Sendable, CustomStringConvertible {
    /// Whether the command may end by a signal.
    var isKill: Bool { get }
    /// Whether the cutting back of what could not be stored may fail as well.
    var isLasting: Bool { get }
    /// Whether it keeps the command from saying anything.
    var isMute: Bool { get }
    /// Whether the station may be looked at meanwhile.
    var isReadable: Bool { get }

    /// A file system of its own, if it takes one.
    func disk() throws -> SmallFileSystem?

    /// Lets the command meet it; what lasts is still there afterwards.
    func meet(_ command: [String], on station: Station, _ disk: SmallFileSystem?) throws -> Outcome

    /// Takes it away.
    func end(on station: Station, _ disk: SmallFileSystem?) throws
}

extension Blow: Trouble {
    var isKill: Bool { if case .kill = kind { true } else { false } }
    var isLasting: Bool { if case .error(_, isLasting: true) = kind { true } else { false } }
    var isMute: Bool { isLasting && call.name == "write" && call.file == nil }
    var isReadable: Bool { true }

    func disk() -> SmallFileSystem? { nil }

    func meet(_ command: [String], on station: Station, _ disk: SmallFileSystem?) throws -> Outcome
    {
        try station.run(command, struckBy: self)
    }

    func end(on station: Station, _ disk: SmallFileSystem?) {}
}

/// A disk on which nothing more can be stored.
enum DiskTrouble: Trouble {
    /// There is room for so many pages more, or names for so many files.
    case pages(Int)
    case files(Int)
    case readOnly
    /// The state directory belongs to somebody else.
    case foreign

    var isKill: Bool { false }
    var isLasting: Bool { false }
    var isMute: Bool { false }
    var isReadable: Bool { if case .foreign = self { false } else { true } }

    var description: String {
        switch self {
        case .pages(let count): "\(count) pages left"
        case .files(let count): "\(count) files left"
        case .readOnly: "read-only"
        case .foreign: "another owner"
        }
    }

    func disk() throws -> SmallFileSystem? {
        let folder = FileManager.default.temporaryDirectory.path
        return try SmallFileSystem(at: "\(folder)/arm-sync-disk-\(UUID().uuidString)", size: "2m")
    }

    func meet(_ command: [String], on station: Station, _ disk: SmallFileSystem?) throws -> Outcome
    {
        switch self {
        case .pages(let count): try disk?.fill(leavingPages: count)
        case .files(let count): try disk?.fill(leavingFiles: count)
        case .readOnly: try disk?.makeReadOnly(true)
        case .foreign: lchown(station.state, 65_534, 65_534)
        }
        return try station.run(command)
    }

    func end(on station: Station, _ disk: SmallFileSystem?) throws {
        switch self {
        case .pages, .files: try disk?.empty()
        case .readOnly: try disk?.makeReadOnly(false)
        case .foreign: lchown(station.state, geteuid(), getegid())
        }
    }
}
