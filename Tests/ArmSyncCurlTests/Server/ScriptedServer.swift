import Foundation
import Synchronization

/// A server on a free port of 127.0.0.1 that does to the byte what a test's script says, faults
/// included. Each connection has a thread; a test waits for events, never for time.
final class ScriptedServer: Sendable {
    /// One request, as it came.
    struct Request: Sendable {
        /// Which connection it came on, from 0.
        var connection: Int
        /// How many requests came before it on any connection.
        var number: Int
        var head: String
        var body: [UInt8]
        /// What it came in, on a connection that is a WebSocket by now.
        var frame: Frame?
    }

    enum Step: Sendable {
        case send([UInt8])
        /// Waits until the client closes the connection or the server stops.
        case hang
        /// Closes in order.
        case close
        /// Closes with a reset: the client loses what it had not read yet.
        case reset
    }

    enum Event: Sendable, Equatable {
        case request(Int)
        /// The connection is gone, on this side too.
        case ended(connection: Int)
    }

    private struct Record: Sendable {
        var connections = 0
        var requests: [Request] = []
        var underWay = 0
        var mostUnderWay = 0
        var descriptors: Set<Int32> = []
        var stopped = false
    }

    let port: UInt16
    private let record = Mutex(Record())
    let events: AsyncStream<Event>
    private let report: AsyncStream<Event>.Continuation
    private let listener: Int32
    private let greeting: [Step]
    private let script: @Sendable (Request) -> [Step]
    private let threads = DispatchGroup()

    /// `greeting` is done before the first request is read, `script` after each.
    init(
        greeting: [Step] = [],
        script: @escaping @Sendable (Request) -> [Step] = { _ in [.send(Wire.saved)] }
    ) throws {
        listener = try Socket.bound()
        guard listen(listener, 64) == 0 else { throw Socket.Failure(call: "listen") }
        port = try Socket.port(of: listener)
        self.greeting = greeting
        self.script = script
        (events, report) = AsyncStream.makeStream()
        inThread { self.acceptAll() }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { record.withLock { $0.requests } }
    var mostUnderWay: Int { record.withLock { $0.mostUnderWay } }
    var connections: Int { record.withLock { $0.connections } }

    /// Waits for the next event of that kind; those before it are gone then.
    func wait(for wanted: Event) async {
        for await event in events where event == wanted { return }
    }

    /// Ends every connection and returns when the threads are gone.
    func stop() {
        record.withLock { record in
            record.stopped = true
            for descriptor in record.descriptors { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
        _ = shutdown(listener, Int32(SHUT_RDWR))
        threads.wait()
        close(listener)
    }

    private func inThread(_ work: @escaping @Sendable () -> Void) {
        threads.enter()
        Thread.detachNewThread {
            work()
            self.threads.leave()
        }
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0, adopt(descriptor) else { return }
        }
    }

    /// Serves a connection that may have been made elsewhere; false once the server has stopped.
    @discardableResult
    func adopt(_ descriptor: Int32) -> Bool {
        let number: Int? = record.withLock { record in
            guard !record.stopped else { return nil }
            record.descriptors.insert(descriptor)
            record.connections += 1
            return record.connections - 1
        }
        guard let number else {
            close(descriptor)
            return false
        }
        inThread { self.serve(descriptor, connection: number) }
        return true
    }

    private func serve(_ descriptor: Int32, connection: Int) {
        defer {
            record.withLock { record in
                record.descriptors.remove(descriptor)
                close(descriptor)
            }
            report.yield(.ended(connection: connection))
        }
        var reader = RequestReader(descriptor: descriptor)
        guard carryOut(greeting, on: descriptor) else { return }
        while let (head, body, frame) = reader.next() {
            let request = record.withLock { record in
                let request = Request(
                    connection: connection,
                    number: record.requests.count,
                    head: head,
                    body: body,
                    frame: frame
                )
                record.requests.append(request)
                record.underWay += 1
                record.mostUnderWay = max(record.mostUnderWay, record.underWay)
                return request
            }
            report.yield(.request(request.number))
            let steps = script(request)
            record.withLock { $0.underWay -= 1 }
            guard carryOut(steps, on: descriptor) else { return }
        }
    }

    /// Whether the connection goes on.
    private func carryOut(_ steps: [Step], on descriptor: Int32) -> Bool {
        for step in steps {
            switch step {
            case .send(let bytes):
                guard Socket.send(bytes, to: descriptor) else { return false }
            case .hang:
                Socket.waitForEnd(of: descriptor)
                return false
            case .close:
                return false
            case .reset:
                Socket.resetOnClose(descriptor)
                return false
            }
        }
        return true
    }
}
