import Foundation

/// A port whose queue of connections is full: the kernel ignores further ones, as a dead host does.
struct FullListener {
    let port: UInt16
    private let descriptors: [Int32]

    init() throws {
        let listener = try Socket.bound()
        guard listen(listener, 0) == 0 else { throw Socket.Failure(call: "listen") }
        let port = try Socket.port(of: listener)
        self.port = port
        descriptors = try [listener] + (0..<4).map { _ in try Socket.beginConnecting(to: port) }
    }

    func stop() { descriptors.forEach(Socket.end) }
}
