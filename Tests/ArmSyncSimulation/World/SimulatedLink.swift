import ArmProtocol
import ArmSync
import ArmSyncTestKit
import Synchronization

/// One process's connection to the switch, on which everything goes wrong that is planned.
final class SimulatedLink: Transport {
    /// Milliseconds after which a request is given up.
    private static let timeout: Int64 = 30_000

    private let station: SimulatedStation
    private let process: SimulatedProcess
    private let server: SimulatedServer
    private let time: VirtualTime
    private let plan: Mutex<ArraySlice<Passage>>
    /// What the last read brought.
    private let lastRead = Mutex<UserData?>(nil)

    init(
        _ station: SimulatedStation,
        _ process: SimulatedProcess,
        _ server: SimulatedServer,
        _ passages: [Passage]
    ) {
        self.station = station
        self.process = process
        self.server = server
        time = station.time
        plan = Mutex(passages[...])
    }

    func exchange(_ request: ArmRequest) async -> Exchange {
        guard process.isAlive else { return .unreachable }
        if case .save(_, let data) = request {
            station.checkSaving(data, over: lastRead.withLock { $0 })
        }
        let passage = plan.withLock { $0.popFirst() } ?? Passage()
        switch passage.fault {
        case .unreachable:
            await time.sleep(passage.delay)
            return .unreachable
        case .refused: return await answer(.refused, after: passage)
        case .unauthenticated: return await answer(.page(status: 401), after: passage)
        case .garbled: return await answer(.garbled, after: passage)
        case .requestLost:
            return await lose()
        case .answerLost:
            await time.sleep(passage.delay)
            _ = server.carryOut(request, at: time.now)
            return await lose()
        case .late(let seconds):
            deliver(request, after: seconds)
            return await lose()
        case .twice(let seconds):
            deliver(request, after: seconds)
            return await carryOut(request, passage)
        case nil: return await carryOut(request, passage)
        }
    }

    private func carryOut(_ request: ArmRequest, _ passage: Passage) async -> Exchange {
        await time.sleep(passage.delay)
        let response = server.carryOut(request, at: time.now)
        await time.sleep(passage.delay)
        if case .userData(let data) = response {
            lastRead.withLock { $0 = data }
            if process.isAlive { station.noteRead(data) }
        }
        return .answered(response)
    }

    private func answer(_ exchange: Exchange, after passage: Passage) async -> Exchange {
        await time.sleep(passage.delay * 2)
        return exchange
    }

    private func lose() async -> Exchange {
        await time.sleep(Self.timeout)
        return .interrupted
    }

    /// A save that somebody on the way has kept.
    private func deliver(_ request: ArmRequest, after seconds: Int) {
        guard case .save = request else { return }
        let (time, server) = (time, server)
        time.begin {
            await time.sleep(Int64(seconds) * 1000)
            _ = server.carryOut(request, at: time.now)
        }
    }
}
