/// A frame written and read by hand (RFC 6455, 5.2): nothing of the server's takes part.
struct RawFrame: Equatable {
    static let continuation: UInt8 = 0
    static let text: UInt8 = 1
    static let binary: UInt8 = 2
    static let close: UInt8 = 8
    static let ping: UInt8 = 9
    static let pong: UInt8 = 10

    var opcode: UInt8
    var payload: [UInt8]
    var isFinal = true
    var reservedBits: UInt8 = 0
    var isMasked = false

    static func text(_ payload: [UInt8]) -> RawFrame { RawFrame(opcode: text, payload: payload) }

    static func close(_ code: UInt16) -> RawFrame {
        RawFrame(opcode: close, payload: [UInt8(code >> 8), UInt8(code & 0xFF)])
    }

    /// As a client sends it: masked.
    func bytes(isMasked: Bool = true, announcing length: Int? = nil) -> [UInt8] {
        let length = length ?? payload.count
        var bytes = [(isFinal ? 0x80 : 0) | reservedBits << 4 | opcode]
        let maskBit: UInt8 = isMasked ? 0x80 : 0
        if length < 126 {
            bytes.append(maskBit | UInt8(length))
        } else {
            let width = length < 65_536 ? 2 : 8
            bytes.append(maskBit | (width == 2 ? 126 : 127))
            for place in (0..<width).reversed() {
                bytes.append(UInt8(truncatingIfNeeded: length >> (place * 8)))
            }
        }
        guard isMasked else { return bytes + payload }
        let key: [UInt8] = [0xA5, 0x00, 0x3C, 0xFF]
        return bytes + key + payload.indices.map { payload[$0] ^ key[$0 & 3] }
    }

    /// Takes the next frame out of received bytes; nil where it has not come whole.
    static func take(from bytes: inout ArraySlice<UInt8>) -> RawFrame? {
        var rest = bytes
        guard let first = rest.popFirst(), let second = rest.popFirst() else { return nil }
        var length = Int(second & 0x7F)
        if length >= 126 {
            let width = length == 126 ? 2 : 8
            guard rest.count >= width else { return nil }
            length = rest.prefix(width).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(width)
        }
        let isMasked = second & 0x80 != 0
        if isMasked { rest = rest.dropFirst(4) }
        guard rest.count >= length else { return nil }
        bytes = rest.dropFirst(length)
        return RawFrame(
            opcode: first & 0x0F,
            payload: Array(rest.prefix(length)),
            isFinal: first & 0x80 != 0,
            reservedBits: first >> 4 & 7,
            isMasked: isMasked
        )
    }
}
