package import ArmProtocol

/// A transport that fetches credentials when they are needed, and others once where the server turns
/// those away. It lives as long as one run.
package struct AuthenticatingTransport: Transport {
    private let transport: any CredentialedTransport
    private let keeper: CredentialKeeper

    package init(
        _ transport: any CredentialedTransport,
        source: any CredentialSource,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.transport = transport
        keeper = CredentialKeeper(source: source, now: now)
    }

    package func exchange(_ request: ArmRequest) async -> Exchange {
        let held: CredentialKeeper.Held
        do throws(CredentialError) {
            held = try await keeper.current()
        } catch {
            return .failed(error.failure)
        }
        let exchange = await send(request, with: held.credentials)
        // Whoever asks for credentials has not carried the request out, so that it may be sent again.
        // Where no others can be had, the server's answer tells more than that.
        guard exchange.asksForCredentials, !held.credentials.isEmpty else { return exchange }
        guard let fresh = try? await keeper.replacement(for: held) else {
            // Nobody is to wait an hour because a run was ended before it had others to show.
            return Task.isCancelled ? .failed(.givenUp) : exchange
        }
        return await send(request, with: fresh.credentials)
    }

    private func send(_ request: ArmRequest, with credentials: Credentials) async -> Exchange {
        switch await transport.exchange(request, with: credentials) {
        case .answered(var answer):
            answer.isAnonymous = credentials.isEmpty
            return .answered(answer)
        case .failed(let failure):
            return .failed(failure)
        }
    }
}

extension Exchange {
    fileprivate var asksForCredentials: Bool {
        if case .failure(let failure) = judged { failure.kind == .unauthenticated } else { false }
    }
}

extension TransportFailure {
    fileprivate static let givenUp = TransportFailure(
        kind: .withoutCredentials(mayPass: true),
        code: "credentials",
        message: "the run was ended before there were other credentials"
    )
}

extension CredentialError {
    fileprivate var failure: TransportFailure {
        TransportFailure(
            kind: .withoutCredentials(mayPass: code == .unavailable),
            code: "credentials",
            message: message
        )
    }
}
