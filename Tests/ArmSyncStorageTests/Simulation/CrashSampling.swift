/// How many of the disks that a power cut may leave are tried.
struct CrashSampling: Sendable {
    /// Most disks for one moment. Where there are more, all extremes are among those tried, and
    /// every single effect alone lost and alone kept as far as there is room.
    var disks: Int
    /// Most contents of one file, of which there may be one for every byte.
    var contents: Int

    /// Enough of everything to find what is wrong, in a few seconds.
    static let brief = CrashSampling(disks: 10, contents: 10)
    /// For a disk that had a crash before.
    static let second = CrashSampling(disks: 3, contents: 4)
}
