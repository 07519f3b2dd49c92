import ArmProtocol
import ArmSync
import CLibcurl
import CWslay

extension WebSocketLink {
    /// Messages are put into frames while fewer bytes than this wait to be sent.
    private static let writeAhead = 64 << 10
    /// More can only wait to be sent where the server floods us with pings and reads no answer.
    private static let outputLimit = 2 * WebSocketPlan.largestMessage
    /// Reads in a row before other things have their turn.
    private static let readsInARow = 64

    /// The socket to wait for, and for what; nil while libcurl connects.
    var socket: curl_waitfd? {
        if case .connecting = stage { return nil }
        var socket = curl_waitfd()
        guard libcurl_get_socket(handle.library.table, handle.easy, &socket.fd) == CURLE_OK else {
            return nil
        }
        let events = CURL_WAIT_POLLIN | (pending.isEmpty ? 0 : CURL_WAIT_POLLOUT)
        socket.events = Int16(events)
        return socket
    }

    private var pending: ArraySlice<UInt8> {
        switch stage {
        case .connecting: []
        case .upgrading: unsentUpgrade
        case .open(let frames): frames.pending
        }
    }

    // MARK: - In

    /// Reads what there is to read, as far as its turn goes.
    func receive(at now: Instant) -> End? {
        hasUnread = false
        if case .connecting = stage { return nil }
        let (library, incoming) = (handle.library.table, buffers.incoming)
        for _ in 0..<Self.readsInARow {
            var count = 0
            let code = library.pointee.easy_recv(
                handle.easy,
                incoming.baseAddress,
                incoming.count,
                &count
            )
            switch code {
            case CURLE_AGAIN: return nil
            case CURLE_OK where count == 0: return closed
            case CURLE_OK:
                conversation.heard(at: now)
                let bytes = UnsafeRawBufferPointer(rebasing: incoming.prefix(count))
                if let end = take(bytes, at: now) { return end }
            default: return broken(code)
            }
        }
        hasUnread = true
        return nil
    }

    private func take(_ bytes: UnsafeRawBufferPointer, at now: Instant) -> End? {
        switch stage {
        case .connecting: return nil
        case .upgrading(var reader):
            let outcome = reader.read(bytes)
            stage = .upgrading(reader)
            return outcome.flatMap { upgraded($0, at: now) }
        case .open(let frames):
            return take(frames.receive(bytes), at: now)
        }
    }

    private func upgraded(_ outcome: UpgradeReader.Outcome, at now: Instant) -> End? {
        switch outcome {
        case .refused(let refusal): return .refused(refusal)
        case .unusable(let reason):
            return .failed(.noWebSocket(reason, endpoint: plan.curl.address.endpoint))
        case .upgraded(let rest):
            do throws(TransportFailure) {
                let frames = try WebSocketFrames(
                    library: library,
                    largestMessage: WebSocketPlan.largestMessage
                )
                stage = .open(frames)
                conversation.opened(at: now)
                register.countConnection()
                return take(rest.withUnsafeBytes { frames.receive($0) }, at: now)
            } catch {
                return .failed(error)
            }
        }
    }

    private func take(_ events: [WebSocketFrames.Event], at now: Instant) -> End? {
        for event in events {
            switch event {
            case .message(let message):
                take(message, at: now)
            case .closed(let code):
                answerFarewell(at: now)
                return .lost(.closedByServer(code: code), mayRepeat: true)
            case .broken(let code):
                answerFarewell(at: now)
                let endpoint = plan.curl.address.endpoint
                return .lost(.broken(code: code, endpoint: endpoint), mayRepeat: false)
            }
        }
        return nil
    }

    private func take(_ message: [UInt8], at now: Instant) {
        switch conversation.take(MessageForm.sequence(of: message), at: now) {
        case .answer(let id): answer(id, with: message)
        case .late(let sequence):
            register.settle([sequence])
            register.countSkipped()
        case .unasked: register.countSkipped()
        }
    }

    /// The server has closed the connection without a word.
    private var closed: End {
        switch stage {
        case .upgrading(let reader):
            if case .refused(let refusal) = reader.end() { return .refused(refusal) }
            return broken(CURLE_GOT_NOTHING)
        case .open(let frames):
            return .lost(.closedAbruptly(amidMessage: frames.isAmidMessage), mayRepeat: true)
        case .connecting: return broken(CURLE_GOT_NOTHING)
        }
    }

    private func broken(_ code: CURLcode) -> End {
        guard case .open = stage else {
            let failure = handle.end(code, bodyBegan: false).failure(plan.curl)
            return .failed(failure.kind == .misconfigured ? failure : failure.asUnsent)
        }
        let failure = handle.end(code, bodyBegan: true).failure(plan.curl)
        return .lost(failure, mayRepeat: true)
    }

    // MARK: - Out

    /// Sends what can be sent.
    func flush(at now: Instant) -> End? {
        while true {
            writeAhead()
            buffers.stage(pending)
            guard buffers.staged > 0 else { return nil }
            var count = 0
            let code = handle.library.table.pointee.easy_send(
                handle.easy,
                buffers.outgoing.baseAddress,
                buffers.staged,
                &count
            )
            switch code {
            case CURLE_AGAIN: return floodedOut
            case CURLE_OK:
                buffers.unstage()
                markSent(count, at: now)
            default:
                // What the server said before it hung up tells more.
                return receive(at: now) ?? broken(code)
            }
        }
    }

    /// Puts the next messages into frames, unless enough waits already.
    private func writeAhead() {
        guard case .open(let frames) = stage else { return }
        while frames.pending.count < Self.writeAhead, let next = conversation.next {
            let start = frames.totalQueued
            frames.send(message(of: next.id))
            conversation.wrote(next.id, as: start..<frames.totalQueued)
        }
    }

    private func markSent(_ count: Int, at now: Instant) {
        switch stage {
        case .connecting: break
        case .upgrading: unsentUpgrade = unsentUpgrade.dropFirst(count)
        case .open(let frames):
            frames.markSent(count)
            conversation.sent(frames.totalSent, at: now)
        }
    }

    private var floodedOut: End? {
        guard pending.count > Self.outputLimit else { return nil }
        let code = UInt16(WSLAY_CODE_POLICY_VIOLATION.rawValue)
        return .lost(
            .broken(code: code, endpoint: plan.curl.address.endpoint),
            mayRepeat: false
        )
    }

    /// Sends what libwslay answers a farewell with, as far as it goes out without waiting.
    private func answerFarewell(at now: Instant) {
        conversation.leave(at: now)
        _ = flush(at: now)
    }
}
