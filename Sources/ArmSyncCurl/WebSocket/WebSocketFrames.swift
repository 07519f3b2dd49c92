import ArmSync
import CWslay
import Glibc

/// The frames of one WebSocket (RFC 6455, section 5) over libwslay: bytes in, messages out, and the
/// other way round. It does no input and output of its own.
///
/// It belongs to one thread, as libwslay's context does.
final class WebSocketFrames {
    enum Event: Equatable {
        /// A whole message, its fragments put together; text is proven UTF-8.
        case message([UInt8])
        /// The other side closes, with a code of RFC 6455, section 7.4.
        case closed(code: UInt16)
        /// The other side broke the protocol or a limit; the code is what we closed with.
        case broken(code: UInt16)
    }

    private let library: WslayLibrary
    private var context: OpaquePointer?
    private var random = SystemRandomNumberGenerator()

    private var input: UnsafeRawBufferPointer = .init(start: nil, count: 0)
    private var events: [Event] = []
    private var hasEnded = false
    /// What is to be sent, gathered so that head and payload leave together; those before `sent` are
    /// gone already.
    private var output: [UInt8] = []
    private var sent = 0
    /// How many bytes were ever put out and ever sent.
    private(set) var totalQueued: UInt64 = 0
    private(set) var totalSent: UInt64 = 0
    /// Whether part of a message has come and the rest has not.
    private(set) var isAmidMessage = false

    init(library: WslayLibrary, largestMessage: Int) throws(TransportFailure) {
        self.library = library
        var callbacks = wslay_event_callbacks()
        callbacks.recv_callback = receiveBytes
        callbacks.send_callback = sendBytes
        callbacks.genmask_callback = makeMask
        callbacks.on_frame_recv_start_callback = beginFrame
        callbacks.on_msg_recv_callback = takeMessage
        // Because: libwslay calls back only from within calls made below, while this object lives.
        let object = Unmanaged.passUnretained(self).toOpaque()
        guard library.table.pointee.client_init(&context, &callbacks, object) == 0, context != nil
        else { throw .noWebSocket }
        library.table.pointee.set_max_length(context, UInt64(largestMessage))
    }

    deinit {
        if let context { library.table.pointee.context_free(context) }
    }

    // MARK: - In

    /// Takes bytes that came, and gives what was complete with them. Pings are answered in `pending`.
    func receive(_ bytes: UnsafeRawBufferPointer) -> [Event] {
        guard !hasEnded else { return [] }
        input = bytes
        let code = library.table.pointee.recv(context)
        input = .init(start: nil, count: 0)
        gather()
        defer { events = [] }
        if code != 0 || library.table.pointee.read_enabled(context) == 0 { end() }
        return events
    }

    private func end() {
        hasEnded = true
        let table = library.table.pointee
        if table.close_received(context) != 0 {
            events.append(.closed(code: table.code_received(context)))
        } else {
            // Where a frame makes no sense at all, libwslay says farewell without a code.
            let code = table.code_sent(context)
            let isNamed = code != UInt16(WSLAY_CODE_NO_STATUS_RCVD.rawValue)
            let unnamed = UInt16(WSLAY_CODE_PROTOCOL_ERROR.rawValue)
            events.append(.broken(code: isNamed ? code : unnamed))
        }
    }

    // MARK: - Out

    /// What is to be sent next.
    var pending: ArraySlice<UInt8> { output[sent...] }

    /// That many bytes of `pending` are gone.
    func markSent(_ count: Int) {
        sent += count
        totalSent += UInt64(count)
        guard sent == output.count else { return }
        output = []
        sent = 0
    }

    /// Queues a message of text.
    func send(_ message: [UInt8]) { queue(message, opcode: WSLAY_TEXT_FRAME) }

    /// Queues a ping, which a living other side answers.
    func ping() { queue([], opcode: WSLAY_PING) }

    /// Queues the farewell; nothing can be queued after it.
    func close() {
        _ = library.table.pointee.queue_close(
            context,
            UInt16(WSLAY_CODE_NORMAL_CLOSURE.rawValue),
            nil,
            0
        )
        gather()
    }

    private func queue(_ payload: [UInt8], opcode: wslay_opcode) {
        payload.withUnsafeBufferPointer { bytes in
            var message = wslay_event_msg(
                opcode: UInt8(opcode.rawValue),
                msg: bytes.baseAddress,
                msg_length: bytes.count
            )
            _ = library.table.pointee.queue_msg(context, &message)
        }
        gather()
    }

    /// Has libwslay write all it has to write into `output`.
    private func gather() { _ = library.table.pointee.send(context) }
}

// MARK: - What libwslay calls

extension WebSocketFrames {
    fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, input.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: input.prefix(count)))
        input = UnsafeRawBufferPointer(rebasing: input.dropFirst(count))
        return count
    }

    fileprivate func take(_ bytes: UnsafeRawBufferPointer) {
        output.append(contentsOf: bytes)
        totalQueued += UInt64(bytes.count)
    }

    fileprivate func mask(_ buffer: UnsafeMutableRawBufferPointer) {
        withUnsafeBytes(of: random.next() as UInt64) { key in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: key.prefix(buffer.count)))
        }
    }

    fileprivate func begin(opcode: UInt8) {
        if opcode < UInt8(WSLAY_CONNECTION_CLOSE.rawValue) { isAmidMessage = true }
    }

    fileprivate func take(_ message: [UInt8], opcode: UInt8) {
        switch UInt32(opcode) {
        case WSLAY_TEXT_FRAME.rawValue, WSLAY_BINARY_FRAME.rawValue:
            isAmidMessage = false
            events.append(.message(message))
        default: break
        }
    }

    fileprivate func wouldBlock(_ context: OpaquePointer?) -> Int {
        library.table.pointee.set_error(context, WSLAY_ERR_WOULDBLOCK.rawValue)
        return -1
    }
}

private func frames(_ object: UnsafeMutableRawPointer?) -> WebSocketFrames? {
    object.map { Unmanaged<WebSocketFrames>.fromOpaque($0).takeUnretainedValue() }
}

private let receiveBytes: wslay_event_recv_callback = { context, buffer, size, _, object in
    guard let frames = frames(object) else { return -1 }
    let count = frames.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size))
    return count > 0 ? count : frames.wouldBlock(context)
}

private let sendBytes: wslay_event_send_callback = { _, bytes, size, _, object in
    frames(object)?.take(UnsafeRawBufferPointer(start: bytes, count: size))
    return size
}

private let makeMask: wslay_event_genmask_callback = { _, buffer, size, object in
    guard let frames = frames(object), size <= MemoryLayout<UInt64>.size else { return -1 }
    frames.mask(UnsafeMutableRawBufferPointer(start: buffer, count: size))
    return 0
}

private let beginFrame: wslay_event_on_frame_recv_start_callback = { _, frame, object in
    if let frame { frames(object)?.begin(opcode: frame.pointee.opcode) }
}

private let takeMessage: wslay_event_on_msg_recv_callback = { _, message, object in
    guard let message else { return }
    let bytes = UnsafeRawBufferPointer(
        start: message.pointee.msg,
        count: message.pointee.msg_length
    )
    frames(object)?.take(Array(bytes), opcode: message.pointee.opcode)
}
