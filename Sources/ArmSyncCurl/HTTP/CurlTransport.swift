package import ArmProtocol
package import ArmSync

/// The switch over HTTP, through libcurl.
///
/// A save leaves at most once per exchange. A read may leave a second time, when the connection it
/// was to use turns out closed; it changes nothing on the server. No redirect is followed.
/// Connections are kept and used again for later requests.
package final class CurlTransport: CredentialedTransport {
    private let plan: CurlPlan
    private let form: XMLForm
    private let thread: CurlThread<CurlRequest, CurlReply>

    /// Checks the configuration; does no I/O and does not load libcurl.
    package init(_ configuration: CurlConfiguration) throws(CurlConfigurationError) {
        let plan = try CurlPlan(configuration)
        self.plan = plan
        form = configuration.form
        thread = CurlThread { thread, multi throws(TransportFailure) in
            try CurlLoop(plan: plan, thread: thread, multi: multi).run()
        }
    }

    deinit { thread.close() }

    package func exchange(
        _ request: ArmRequest,
        with credentials: Credentials
    ) async -> Exchange {
        let body: [UInt8]
        do {
            body = try form.encode(request)
        } catch {
            return .failed(
                TransportFailure(kind: .unwritable, code: "request", message: error.message)
            )
        }
        let outcome = await thread.send(
            CurlRequest(
                url: plan.address.url(of: request.command),
                body: body,
                mayRepeat: request.isRepeatable,
                credentials: credentials
            )
        )
        switch outcome {
        case .failure(let failure):
            return .failed(failure)
        case .success(let reply):
            let message = Result { () throws(MessageError) in
                try form.decode(reply.body, answering: request)
            }
            return .answered(
                Answer(status: reply.status, retryAfter: reply.retryAfter, message: message)
            )
        }
    }

    /// Ends what is under way as interrupted, closes the connections and the thread, and returns
    /// when they are gone. Exchanges begun afterwards fail. Calling it again does nothing.
    package func close() { thread.close() }
}
