import CLinux

/// The check sum of every journal line and cache file: CRC-32C (RFC 3720, appendix B.4).
enum CRC32C {
    /// The check sum of those bytes.
    static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { clinux_crc32c(0, $0.baseAddress, $0.count) }
    }

    /// The check sum as eight lower-case hexadecimal digits.
    static func text(of bytes: ArraySlice<UInt8>) -> String {
        let digits = String(checksum(of: bytes), radix: 16)
        return String(repeating: "0", count: digitCount - digits.utf8.count) + digits
    }

    /// How many digits `text` has.
    static let digitCount = 8
}
