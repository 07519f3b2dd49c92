import Foundation
import Glibc

/// The kernel's packet filter between two addresses of this machine, in a network of the tests' own.
final class PacketFilter {
    /// The address that stations use; the tests themselves go by another one.
    static let address = "127.0.0.2"

    enum Weather: String, CaseIterable, Sendable {
        case fine
        /// One packet in so many is lost, on its way there, on its way back, or both.
        case lossyThere = "input tcp dport PORT numgen random mod 100 < 25 drop"
        case lossyBack = "input tcp sport PORT numgen random mod 100 < 25 drop"
        /// Nothing comes through, and nobody is told.
        case blackHole = "input tcp dport PORT drop"
        /// What is sent arrives, and no answer comes back once the connection stands.
        case mute = "input tcp sport PORT tcp flags & (syn|ack) == ack drop"
        case refused = "input tcp dport PORT reject with tcp reset"
        case unreachable = "input tcp dport PORT reject with icmp host-unreachable"
        /// Connections are reset in their middle.
        case broken = "input tcp dport PORT numgen random mod 100 < 15 reject with tcp reset"
    }

    private let port: UInt16

    /// Whether there is nothing here but the loopback interface, and rules can be made.
    static let isAllowed: Bool = {
        let interfaces = try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")
        let environment = ProcessInfo.processInfo.environment
        guard environment["ARM_SYNC_TORTURE_NETWORK"] == "own" else { return false }
        return (try? rules("list tables")) != nil && !(interfaces ?? []).isEmpty
    }()

    init(port: UInt16) throws {
        self.port = port
        try Self.rules(
            "add table inet link; "
                + "add chain inet link input { type filter hook input priority 0; }"
        )
    }

    deinit { try? Self.rules("delete table inet link") }

    func set(_ weather: Weather) throws {
        try Self.rules("flush chain inet link input")
        guard weather != .fine else { return }
        let rule = weather.rawValue.dropFirst("input ".count)
            .replacingOccurrences(of: "PORT", with: "\(port)")
        let side = rule.contains("dport") ? "daddr" : "saddr"
        try Self.rules("add rule inet link input ip \(side) \(Self.address) \(rule)")
    }

    private static func rules(_ text: String) throws {
        let outcome = try ChildProcess("/usr/sbin/nft", [text], environment: [:]).wait()
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
    }
}
