import SeededRandom
import Testing

@testable import ArmSyncStorage

@Suite struct FolderNameTests {
    static let table: [(id: String, name: String)] = [
        ("hodor", "hodor"),
        ("102", "102"),
        ("Hodor", "Hodor"),
        ("_", "%5F"),
        ("__", "__"),
        (".", "%2E"),
        ("..", "%2E."),
        ("...", "%2E.."),
        (".hidden", "%2Ehidden"),
        ("a.b", "a.b"),
        ("../../x", "%2E.%2F..%2Fx"),
        ("/", "%2F"),
        ("\0", "%00"),
        ("a\nb", "a%0Ab"),
        ("%", "%25"),
        ("%2E", "%252E"),
        ("~", "%7E"),
        ("a b", "a%20b"),
        ("отчёты", "%D0%BE%D1%82%D1%87%D1%91%D1%82%D1%8B"),
        ("й", "%D0%B9"),
        ("и\u{306}", "%D0%B8%CC%86"),
    ]

    @Test(arguments: table)
    func anIdHasOneNameAndTheNameGivesItBack(_ id: String, _ name: String) {
        #expect(FolderName.encoded(id) == name)
        #expect(FolderName.decoded(name).map { Array($0.utf8) } == Array(id.utf8))
    }

    @Test(arguments: [
        "", String(repeating: "a", count: 241), String(repeating: "й", count: 41),
        String(repeating: "й", count: 2048),
    ])
    func anIdThatIsEmptyOrTooLongHasNone(_ id: String) {
        #expect(FolderName.encoded(id) == nil)
    }

    @Test(arguments: [String(repeating: "a", count: 240), String(repeating: "й", count: 40)])
    func anIdOfTheFullLengthHasOne(_ id: String) {
        #expect(FolderName.encoded(id)?.utf8.count == 240)
    }

    @Test(arguments: [
        "", "_", ".", "..", ".git", "%", "%4", "%4g", "%61", "%2f", "a%", "a b", "a~", "%FF",
        "%ED%A0%80",
        "й",
    ])
    func aNameWeWouldNotGiveStandsForNothing(_ name: String) {
        #expect(FolderName.decoded(name) == nil)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func randomIdsComeBackAndStayInTheirFolder(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 1...12, using: &generator)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2ff, using: &generator))
            }
            var id = ""
            id.unicodeScalars.append(contentsOf: scalars)
            let name = try #require(
                FolderName.encoded(id),
                "seed \(seed), id \(id.debugDescription)"
            )
            #expect(FolderName.decoded(name)?.utf8.elementsEqual(id.utf8) == true, "seed \(seed)")
            #expect(!name.contains("/") && !name.hasPrefix(".") && name != "_", "seed \(seed)")
        }
    }
}
