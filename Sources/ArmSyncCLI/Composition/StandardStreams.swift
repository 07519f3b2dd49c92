import Glibc

/// The three descriptors every program expects to be open.
enum StandardStreams {
    /// Fills those that are closed, before any other file is opened: the next one to be opened would
    /// get their number, and words for people would end up in a journal.
    ///
    /// What takes their place fails: input nobody gives and a result nobody gets are errors.
    static func occupy() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // In this order the lowest number that is free is the one meant.
            _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_WRONLY)
        }
    }
}
