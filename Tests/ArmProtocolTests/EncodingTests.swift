import ArmProtocol
import Foundation
import JSONDocument
import Testing

struct EncodingTests {
    @Test(arguments: [
        ("UTF-16", String.Encoding.utf16), ("UTF-16", .utf16LittleEndian), ("UTF-8", .utf8),
        ("utf-8", .utf8),
    ])
    func unicodeAnswersAreRead(name: String, encoding: String.Encoding) throws {
        let word = "Отчёт 😀"
        let mark = encoding == .utf16LittleEndian ? "\u{FEFF}" : ""
        let body = mark + head(name) + word + tail
        let bytes = [UInt8](try #require(body.data(using: encoding)))
        #expect(try read(bytes) == .document(.string(JSONString(word)), .json))
    }

    /// The bytes are what `iconv` makes of the words.
    @Test(arguments: [
        ("ISO-8859-1", [0xE9, 0x6C, 0x61, 0x6E] as [UInt8], "élan"), ("US-ASCII", [0x61], "a"),
        (
            "windows-1251",
            [0xCE, 0xF2, 0xF7, 0xB8, 0xF2, 0x20, 0xB9, 0x20, 0x31, 0x20, 0xAB, 0xC6, 0xDA, 0xBB],
            "Отчёт № 1 «ЖЪ»"
        ),
        (
            "KOI8-R",
            [0xEF, 0xD4, 0xDE, 0xA3, 0xD4, 0x20, 0xF6, 0xFF], "Отчёт ЖЪ"
        ),
        ("Windows-1251", [0xB8], "ё"),
    ])
    func singleByteAnswersAreRead(name: String, word: [UInt8], expected: String) throws {
        let bytes = Array(head(name).utf8) + word + Array(tail.utf8)
        #expect(try read(bytes) == .document(.string(JSONString(expected)), .json))
    }

    @Test(arguments: [("UTF-8", [0xFF] as [UInt8]), ("windows-1251", [0x98]), ("US-ASCII", [0xC0])])
    func bytesWithoutMeaningInTheirEncodingAreRefused(name: String, bytes: [UInt8]) {
        let head = "<?xml version='1.0' encoding='\(name)'?><out><response><ok/>"
        let body = Array(head.utf8) + bytes + Array("</response></out>".utf8)
        #expect(throws: MessageError.self) {
            try XMLForm().decode(body, answering: .save(DocumentKey(application: "a"), .empty))
        }
    }

    private let tail = "\"'/></user_data></response></out>"

    private func head(_ name: String) -> String {
        "<?xml version='1.0' encoding='\(name)'?><out><response><user_data>"
            + "<user_data user_data='\""
    }

    private func read(_ body: [UInt8]) throws -> UserData? {
        let request = ArmRequest.read(DocumentKey(application: "a"))
        guard case .userData(let data) = try XMLForm().decode(body, answering: request)
        else { return nil }
        return data
    }
}
