import Foundation
import Testing

/// The way to the switch that every station of this run is configured for: `http` unless
/// `ARM_SYNC_TEST_TRANSPORT` says otherwise.
///
/// `scripts/test` runs all suites once for each, and a test says by a trait where it is about one
/// of them alone.
enum TransportUnderTest: String {
    case http, websocket

    static let current: Self = {
        let name = ProcessInfo.processInfo.environment["ARM_SYNC_TEST_TRANSPORT"] ?? "http"
        guard let transport = Self(rawValue: name) else {
            // Whoever misspells it would believe that the other way was tested.
            preconditionFailure("ARM_SYNC_TEST_TRANSPORT is \(name): neither http nor websocket")
        }
        return transport
    }()

    /// A server's address in the scheme that asks for this transport: `ws` for `http`, `wss` for
    /// `https`.
    func address(of url: String) -> String {
        switch self {
        case .http: url
        case .websocket: "ws" + url.dropFirst("http".count)
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// For what concerns requests over HTTP and has no like in messages over a WebSocket.
    static func onlyOverHTTP(_ because: Comment) -> Self {
        .enabled(if: TransportUnderTest.current == .http, because)
    }

    /// For what speaks to no switch, or to one that it chooses the transport for by itself: the
    /// second run would show nothing that the first one has not.
    static var onceForBothTransports: Self {
        .enabled(
            if: TransportUnderTest.current == .http,
            "the same whatever the transport, and tested in the run over HTTP"
        )
    }
}
