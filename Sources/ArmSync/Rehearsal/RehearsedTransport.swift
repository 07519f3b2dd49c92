package import ArmProtocol
import Synchronization

/// A transport that reads, and confirms every save without sending it: what was saved so is what it
/// reads back.
package final class RehearsedTransport: Transport {
    private let real: any Transport
    private let saved = Mutex<[DocumentKey: UserData]>([:])

    package init(over real: any Transport) { self.real = real }

    package func exchange(_ request: ArmRequest) async -> Exchange {
        switch request {
        case .read(let key):
            // A document without an agent is saved without one, and read by another's.
            let nobodys = DocumentKey(application: key.application, agent: nil)
            guard let userData = saved.withLock({ $0[key] ?? $0[nobodys] }) else {
                return await real.exchange(request)
            }
            return .answered(Answer(status: 200, message: .success(.userData(userData))))
        case .save(let key, let userData):
            saved.withLock { $0[key] = userData }
            return .answered(Answer(status: 200, message: .success(.saved)))
        }
    }
}
