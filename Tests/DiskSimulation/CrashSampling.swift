/// How many of the disks that a power cut may leave are tried.
package struct CrashSampling: Sendable {
    /// Most disks for one moment. Where there are more, all extremes are among those tried, and
    /// every single effect alone lost and alone kept as far as there is room.
    package var disks: Int
    /// Most contents of one file, of which there may be one for every byte.
    package var contents: Int
    /// One in so many recoveries is crashed once more, at one in so many of its moments.
    package var rarity: Int

    package init(disks: Int, contents: Int, rarity: Int) {
        self.disks = disks
        self.contents = contents
        self.rarity = rarity
    }

    /// Enough of everything to find what is wrong, in a few seconds.
    package static let brief = CrashSampling(disks: 3, contents: 5, rarity: 24)

    /// For a disk that had a crash before.
    package var second: CrashSampling {
        CrashSampling(disks: max(3, disks / 4), contents: max(4, contents / 4), rarity: rarity)
    }
}
