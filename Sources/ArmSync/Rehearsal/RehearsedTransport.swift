package import ArmProtocol

/// A transport that reads, and confirms every save without sending it.
package struct RehearsedTransport: Transport {
    private let real: any Transport

    package init(over real: any Transport) { self.real = real }

    package func exchange(_ request: ArmRequest) async -> Exchange {
        switch request {
        case .read: await real.exchange(request)
        case .save: .answered(Answer(status: 200, message: .success(.saved)))
        }
    }
}
