import CLinux
import SeededRandom
import Testing

@testable import ArmSyncStorage

@Suite struct CRC32CTests {
    /// The examples of RFC 3720, appendix B.4, and the usual check value.
    static let known: [(bytes: [UInt8], text: String)] = [
        ([], "00000000"),
        (Array("123456789".utf8), "e3069283"),
        ([UInt8](repeating: 0, count: 32), "8a9136aa"),
        ([UInt8](repeating: 0xff, count: 32), "62a8ab43"),
        (Array(0..<32), "46dd794e"),
        (Array((0..<32).reversed()), "113fdb5c"),
    ]

    @Test(arguments: known)
    func theKnownSumsComeOut(_ bytes: [UInt8], _ text: String) {
        #expect(CRC32C.text(of: bytes[...]) == text)
        let portable = bytes.withUnsafeBytes {
            clinux_crc32c_portable(0, $0.baseAddress, $0.count)
        }
        #expect(portable == CRC32C.checksum(of: bytes[...]))
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func theProcessorAndTheTableAgreeOnEveryLengthAndOffset(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for start in 0..<16 {
            for end in stride(from: start, through: bytes.count, by: 7) {
                let slice = bytes[start..<end]
                let portable = slice.withUnsafeBytes {
                    clinux_crc32c_portable(0, $0.baseAddress, $0.count)
                }
                #expect(portable == CRC32C.checksum(of: slice), "seed \(seed), \(start)..<\(end)")
            }
        }
    }

    @Test func aSumGoesOnWhereItStopped() {
        let whole = Array("123456789".utf8)
        let first = clinux_crc32c(0, whole, 4)
        let both = whole.dropFirst(4).withUnsafeBytes {
            clinux_crc32c(first, $0.baseAddress, $0.count)
        }
        #expect(both == 0xe306_9283)
    }
}
