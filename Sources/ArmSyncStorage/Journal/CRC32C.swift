import CLinux

/// The check sum of every journal line and cache file: CRC-32C (RFC 3720, appendix B.4).
enum CRC32C {
    /// The check sum of those bytes.
    static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { clinux_crc32c(0, $0.baseAddress, $0.count) }
    }

    /// The check sum as eight lower-case hexadecimal digits.
    static func text(of bytes: ArraySlice<UInt8>) -> String {
        String(decoding: digits(of: bytes), as: UTF8.self)
    }

    /// The same as the bytes that a line begins with.
    static func digits(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        let sum = checksum(of: bytes)
        return (0..<digitCount).map { place in
            let digit = UInt8(truncatingIfNeeded: sum >> UInt32(4 * (digitCount - 1 - place))) & 0xf
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }

    /// How many digits `text` has.
    static let digitCount = 8
}
