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
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(HTTPRequestDecoder()), HTTPHandler(router: router),
                    ])
                }
            }
        do {
            channel = try bootstrap.bind(host: host, port: port).wait()
        } catch {
            try group.syncShutdownGracefully()
            throw error
        }
    }

    /// The port it really listens on.
    var port: Int { channel.localAddress?.port ?? 0 }

    /// Closes every connection, answered or not.
    func stop() throws { try group.syncShutdownGracefully() }
}
