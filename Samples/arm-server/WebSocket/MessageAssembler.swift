import NIOCore
import NIOWebSocket

/// Puts a client's frames together to what they say, and holds them against RFC 6455, which the
/// decoder leaves to others.
struct MessageAssembler {
    enum Event: Equatable {
        case text([UInt8])
        case ping([UInt8])
        case pong
        /// The payload of the client's Close frame.
        case close([UInt8])
    }

    /// Why the connection has to end, as the code of a Close frame.
    struct Violation: Error, Equatable {
        var code: UInt16

        static let protocolError = Violation(code: 1002)
        static let notText = Violation(code: 1003)
        static let notUTF8 = Violation(code: 1007)
        static let tooLong = Violation(code: 1009)
    }

    /// A message may be as long as a body over HTTP.
    static let longestMessage = HTTPHandler.longestBody

    private let longest: Int
    private var arriving: [UInt8]?

    init(longest: Int = longestMessage) { self.longest = longest }

    /// What a frame completes; nil where more is to come.
    mutating func take(_ frame: WebSocketFrame) throws(Violation) -> Event? {
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
            throw .protocolError
        }
        let payload = Array(buffer: frame.unmaskedData)
        switch frame.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong
        case .connectionClose:
            guard payload.count != 1 else { throw .protocolError }
            return .close(payload)
        case .text:
            guard arriving == nil else { throw .protocolError }
            arriving = payload
        case .continuation:
            guard let count = arriving?.count else { throw .protocolError }
            guard count + payload.count <= longest else { throw .tooLong }
            arriving?.append(contentsOf: payload)
        case .binary: throw .notText
        default: throw .protocolError
        }
        guard frame.fin, let message = arriving else { return nil }
        arriving = nil
        guard String(validating: message, as: UTF8.self) != nil else { throw .notUTF8 }
        return .text(message)
    }
}
