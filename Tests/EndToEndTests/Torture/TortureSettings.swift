import Foundation
import Testing

/// How much is to be tried: a little in the suite, everything where `scripts/torture` asks.
enum TortureSettings {
    private static let environment = ProcessInfo.processInfo.environment

    static let isComplete = environment["ARM_SYNC_TORTURE"] == "complete"
    /// The one point to try again, as a failure had named it.
    static let only = environment["ARM_SYNC_TORTURE_ONLY"]
    /// The commands that are tried.
    static let subjects: [String] = {
        let named = environment["ARM_SYNC_TORTURE_COMMAND"]
        let played = only.map { String($0.prefix { $0 != "/" }) }
        return (played ?? named).map { [$0] } ?? ["set", "sync", "resolve"]
    }()
    static let seed = environment["ARM_SYNC_TORTURE_SEED"].flatMap(UInt64.init) ?? 1

    /// How often something without a natural end is done.
    static func count(inSuite few: Int, complete: Int) -> Int {
        environment["ARM_SYNC_TORTURE_COUNT"].flatMap(Int.init) ?? (isComplete ? complete : few)
    }
}

extension Trait where Self == ConditionTrait {
    /// For what says little about the transport: over the second one only `scripts/torture` plays it.
    static var onceForBothTransportsInSuite: Self {
        .enabled(
            if: TransportUnderTest.current == .http || TortureSettings.isComplete,
            "played in the run over HTTP; over a WebSocket by scripts/torture --websocket"
        )
    }
}
