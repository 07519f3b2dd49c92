import Foundation

/// The time of day that a station's programs see, by the library of `faketime`. Time that has
/// passed is shown as it is.
struct FalseClock {
    private static let library = ["x86_64", "aarch64"]
        .map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketime.so.1" }
        .first { FileManager.default.fileExists(atPath: $0) }

    static let isThere = library != nil

    private let file: String

    init(of station: Station) {
        file = "\(station.home)/clock"
        station.environment["LD_PRELOAD"] = Self.library
        station.environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        station.environment["FAKETIME_NO_CACHE"] = "1"
        station.environment["FAKETIME_TIMESTAMP_FILE"] = file
    }

    /// How far it is from the true one: `-1d`, `+1y`, `+90` for seconds.
    func set(_ distance: String) throws {
        // At once, since programs that run may look at it at any time.
        try Data("\(distance)\n".utf8).write(to: URL(filePath: file), options: .atomic)
    }
}
