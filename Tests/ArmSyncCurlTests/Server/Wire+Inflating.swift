extension Wire {
    /// 20 kB of gzip that inflate to 20 MB: one dynamic block in which every further zero byte
    /// stands for four copies of the 258 bytes before. It has no end; a reader that counts what it
    /// inflates never gets there.
    static let inflating: [UInt8] =
        [
            0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0x02, 0x03,
            0xEC, 0xC1, 0x01, 0x01, 0, 0, 0, 0x80, 0x90, 0xFE, 0xAF, 0xEE, 0x08, 0x0A,
        ] + [UInt8](repeating: 0, count: 20_000)
}
