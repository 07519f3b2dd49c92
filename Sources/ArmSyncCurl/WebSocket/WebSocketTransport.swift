package import ArmProtocol
package import ArmSync

/// The switch over a WebSocket: TCP, TLS and proxies by libcurl, frames by libwslay.
///
/// One connection carries all requests, `parallel` of them at once; answers are matched by the number
/// that a message bears, in whatever order they come. A save leaves at most once per exchange, and a
/// read at most twice. A connection that is gone is made again by the next request.
package final class WebSocketTransport: CredentialedTransport {
    private let form: MessageForm
    private let refusalForm: XMLForm
    private let register: WebSocketRegister
    private let thread: WebSocketLoop.Thread

    /// Checks the configuration; does no I/O and loads no library. Its content type is not used.
    ///
    /// - Parameters:
    ///   - path: path and query of the WebSocket, from the first slash on, the setting
    ///     `websocket_path`; nil is the prefix, the domain and `service/cc/arm`.
    ///   - form: how messages are written and read.
    package init(
        _ configuration: CurlConfiguration,
        path: String? = nil,
        form: MessageForm = MessageForm()
    ) throws(CurlConfigurationError) {
        let plan = try WebSocketPlan(configuration, path: path)
        let register = WebSocketRegister()
        self.form = form
        self.register = register
        refusalForm = configuration.form
        thread = CurlThread { thread, multi throws(TransportFailure) in
            try WebSocketLoop(
                plan: plan,
                register: register,
                thread: thread,
                multi: multi
            ).run()
        }
    }

    deinit { thread.close() }

    package func exchange(
        _ request: ArmRequest,
        with credentials: Credentials
    ) async -> Exchange {
        guard let sequence = register.take() else { return .failed(.noSequenceNumber) }
        defer { register.release(sequence) }
        let message: [UInt8]
        do {
            message = try form.encode(request, sequence: sequence)
        } catch {
            return .failed(
                TransportFailure(kind: .unwritable, code: "request", message: error.message)
            )
        }
        let outcome = await thread.send(
            WebSocketRequest(
                sequence: sequence,
                message: message,
                isRepeatable: request.isRepeatable,
                credentials: credentials
            )
        )
        switch outcome {
        case .failure(let failure): return .failed(failure)
        case .success(.message(let message)): return decoded(message, answering: request)
        case .success(.refused(let reply)): return refused(reply, answering: request)
        }
    }

    private func decoded(_ message: [UInt8], answering request: ArmRequest) -> Exchange {
        do throws(MessageError) {
            let answer = try form.decode(message, answering: request)
            return .answered(Answer(status: answer.status, message: answer.response))
        } catch {
            return .failed(
                TransportFailure(
                    kind: .garbled,
                    code: "websocket message",
                    message: "the server's answer is \(error.message)"
                )
            )
        }
    }

    /// Only an error of the server's own counts as its answer: nothing but the wish for a WebSocket
    /// was sent, and whatever else the page says does not answer the request.
    private func refused(_ reply: CurlReply, answering request: ArmRequest) -> Exchange {
        let message = Result { () throws(MessageError) in
            let response = try refusalForm.decode(reply.body, answering: request)
            guard case .error = response else {
                throw MessageError(message: "an answer to another request")
            }
            return response
        }
        return .answered(
            Answer(status: reply.status, retryAfter: reply.retryAfter, message: message)
        )
    }

    /// Messages that answered no request: events that the server pushes, and late answers.
    package var skippedMessages: Int { register.skippedMessages }

    /// Connections that became a WebSocket.
    package var connections: Int { register.connections }

    /// Ends what is under way as interrupted, says farewell, closes connection and thread, and
    /// returns when they are gone, a second later at the latest. Exchanges begun afterwards fail.
    /// Calling it again does nothing.
    package func close() { thread.close() }
}
