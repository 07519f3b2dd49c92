import Glibc
import NIOCore

extension ChannelHandlerContext {
    /// A close with a linger of zero seconds is a RST, at once.
    func reset() {
        guard let socket = channel as? any SocketOptionProvider else { return close(promise: nil) }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }
}
