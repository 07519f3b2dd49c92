import NIOCore
import NIOHTTP1
import NIOPosix

/// Listens and answers until it is stopped. One thread: requests are answered in the order in which
/// they are recorded.
struct HTTPServer {
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    init(router: Router, host: String, port: Int) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.addHandlers(to: channel, router: router)
                }
            }
        do {
            channel = try bootstrap.bind(host: host, port: port).wait()
        } catch {
            try group.syncShutdownGracefully()
            throw error
        }
    }

    /// Makes a connection speak HTTP, as every one does at first.
    static func addHandlers(to channel: any Channel, router: Router) throws {
        try channel.pipeline.syncOperations.addHandlers([
            // What comes behind a request for an upgrade is not HTTP's to drop.
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)),
            HTTPHandler(router: router),
        ])
    }

    /// The port it really listens on.
    var port: Int { channel.localAddress?.port ?? 0 }

    /// Closes every connection, answered or not.
    func stop() throws { try group.syncShutdownGracefully() }
}
