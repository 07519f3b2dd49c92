import SeededRandom
import Testing

@testable import arm_server

@Suite("What is saved comes back")
struct FidelityTests {
    @Test(
        "An attribute's value comes back byte for byte, whatever was escaped",
        arguments: [
            "", " ", "  two  spaces  ", "\t", "\n", "\r", "\r\n", "a\tb\nc\rd", "\"", "'", "\"'\"'",
            "<&>", "&amp;", "&#9;", "]]>", "<!-- -->", "Отчёт за неделю", "и\u{306}", "\u{439}",
            "😀\u{1F468}\u{200D}\u{1F469}", "\u{85}\u{2028}\u{A0}", "\u{FFFD}\u{E000}\u{10FFFF}",
            #"{"a":"\u0000\uD800\\","b":[1.0,1e3]}"#,
        ]
    )
    func attribute(_ value: String) throws {
        let station = try Station()
        _ = try station.save("<user_data user_data='\(Self.escape(value))'/>")
        let content = try #require(try station.readContent())
        let stored = try #require(VendorShape.json(of: content))
        #expect(Array(stored.utf8) == Array(value.utf8))
    }

    @Test("Random values come back byte for byte", arguments: [1, 20_201_214, 77])
    func randomAttributes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let station = try Station()
        for round in 0..<300 {
            let value = Self.text(&random)
            _ = try station.save("<user_data user_data='\(Self.escape(value))'/>")
            let stored = try station.readContent().flatMap(VendorShape.json)
            #expect(
                stored.map { Array($0.utf8) } == Array(value.utf8),
                "seed \(seed), round \(round)"
            )
        }
    }

    @Test("Elements, text, CDATA and white space are kept whole; comments are not data")
    func content() throws {
        let station = try Station()
        _ = try station.save(
            "t1 <a x='1'><b/> mid&#13; <![CDATA[<raw>&]]>]]&gt;</a><!-- gone -->\n <c></c> end"
        )
        #expect(
            try station.read().contains(
                "<user_data>t1 <a x=\"1\"><b/> mid&#13; &lt;raw&gt;&amp;]]&gt;</a>\n <c/> end"
                    + "</user_data>"
            )
        )
    }

    @Test("Namespaces declared above user_data go with the elements that rely on them")
    func inheritedNamespaces() throws {
        let station = try Station()
        let body = """
            <in xmlns:p="urn:p" xmlns:unused="urn:u"><request xmlns:q="urn:q">\
            <save_user_data application_id="hodor" agent_id="102"><user_data xmlns:p="urn:nearer">\
            <p:a q:x="1"/><b kind="q:thing"/><d xmlns="urn:d" xmlns:q="urn:own"><q:e/></d>\
            </user_data></save_user_data></request></in>
            """
        #expect(try station.body(station.post(.save, body)).contains("<ok/>"))
        #expect(
            try station.read().contains(
                #"<p:a q:x="1" xmlns:p="urn:nearer" xmlns:q="urn:q"/>"#
                    + #"<b kind="q:thing" xmlns:q="urn:q"/>"#
                    + #"<d xmlns="urn:d" xmlns:q="urn:own"><q:e/></d>"#
            )
        )
    }

    @Test("A save replaces the whole, down to an empty element")
    func replacement() throws {
        let station = try Station()
        _ = try station.save("<a/><b/>")
        _ = try station.save("<c/>")
        #expect(try station.read().contains("<user_data><c/></user_data>"))
        _ = try station.save("")
        #expect(try station.read().contains("<response><user_data/></response>"))
    }

    static func escape(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&", "<", "'", "\t", "\n", "\r": "&#x\(String(scalar.value, radix: 16));"
            default: String(scalar)
            }
        }.joined()
    }

    static func text(_ random: inout SeededGenerator) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x9...0xA, 0xD...0xD, 0x22...0x27, 0x400...0x4FF, 0x300...0x310,
            0xE000...0xFFFD, 0x1F600...0x1F64F, 0x10FFF0...0x10FFFF,
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let range = ranges[Int.random(in: ranges.indices, using: &random)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
