/// The memory that libcurl reads from and writes to, in one place for as long as a connection lives.
final class WebSocketBuffers {
    /// What libcurl was last given to send. While it has not taken it, it has to be given the same
    /// bytes at the same place again: TLS may have begun with them.
    let outgoing: UnsafeMutableRawBufferPointer
    /// How much of `outgoing` that is.
    private(set) var staged = 0
    let incoming: UnsafeMutableRawBufferPointer

    /// Fits a TLS record: of what libcurl did not take, the server cannot read any part.
    private static let outgoingSize = 16 << 10
    private static let incomingSize = 64 << 10

    init() {
        outgoing = .allocate(byteCount: Self.outgoingSize, alignment: 1)
        incoming = .allocate(byteCount: Self.incomingSize, alignment: 1)
    }

    deinit {
        outgoing.deallocate()
        incoming.deallocate()
    }

    /// Takes the first of these bytes up, unless others are still to be taken by libcurl.
    func stage(_ bytes: ArraySlice<UInt8>) {
        guard staged == 0 else { return }
        staged = min(bytes.count, outgoing.count)
        outgoing.copyBytes(from: bytes.prefix(staged))
    }

    /// libcurl has taken something.
    func unstage() { staged = 0 }
}
