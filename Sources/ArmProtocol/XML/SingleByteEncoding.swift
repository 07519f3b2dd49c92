import CExpat

/// The Cyrillic code pages a switch may answer in; Expat itself knows UTF-8, UTF-16, ISO-8859-1 and
/// US-ASCII.
enum SingleByteEncoding {
    /// What the bytes from 0x80 mean; U+FFFD is a byte without meaning.
    private static let upperHalves: [String: String] = [
        "windows-1251": windows1251, "cp1251": windows1251, "koi8-r": koi8r,
    ]

    /// Fills Expat's table for a named encoding: `XML_STATUS_OK`, or `XML_STATUS_ERROR` where it is
    /// not one of ours.
    static func fill(_ encoding: UnsafeMutablePointer<XML_Encoding>, named name: String) -> CInt {
        guard let upper = upperHalves[name.lowercased()] else {
            return CInt(XML_STATUS_ERROR.rawValue)
        }
        // C's array of 256 comes over as a tuple, which only its bytes let us index.
        withUnsafeMutableBytes(of: &encoding.pointee.map) { bytes in
            let map = bytes.assumingMemoryBound(to: CInt.self)
            for code in 0..<0x80 { map[code] = CInt(code) }
            for (code, scalar) in zip(0x80..<map.count, upper.unicodeScalars) {
                map[code] = scalar == "\u{FFFD}" ? -1 : CInt(scalar.value)
            }
        }
        encoding.pointee.data = nil
        encoding.pointee.convert = nil
        encoding.pointee.release = nil
        return CInt(XML_STATUS_OK.rawValue)
    }

    private static let windows1251 = """
        ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\
        \u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї\
        АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ\
        абвгдежзийклмнопрстуфхцчшщъыьэюя
        """

    private static let koi8r = """
        ─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷\
        ═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©\
        юабцдефгхийклмнопярстужвьызшэщчъ\
        ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ
        """
}
