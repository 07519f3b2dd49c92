import ArmSync
import Foundation
import Testing

@testable import ArmSyncCurl

@Suite("libwslay")
struct WslayLibraryTests {
    @Test("that is not there is an error which says what to install")
    func missing() {
        let error = #expect(throws: LibraryLoadError.self) {
            try WslayLibrary.load(named: "libwslay-not-there.so.1")
        }
        #expect(error?.description.contains("apt install libwslay1") == true)
        #expect(error.map { TransportFailure.notLoaded($0).kind } == .misconfigured)
    }

    @Test("of another kind is an error that names the missing function")
    func foreign() {
        let error = #expect(throws: LibraryLoadError.self) {
            try WslayLibrary.load(named: "libm.so.6")
        }
        #expect(error?.reason.contains("wslay_") == true)
    }

    @Test("is loaded by the first exchange over a WebSocket and by nothing else")
    func laziness() async {
        await #expect(processExitsWith: .success) {
            let http = try CurlTransport(.test("http://127.0.0.1:1"))
            _ = await http.exchange(.testRead)
            let webSocket = try WebSocketTransport(.test("http://127.0.0.1:1"))
            precondition(!WslayLibrary.isLoaded)
            _ = await webSocket.exchange(.testRead)
            precondition(WslayLibrary.isLoaded)
        }
    }

    @Test("leaves no thread and no descriptor behind when its transport is closed")
    func residue() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedServer.webSocket()
            func roundTrip() async throws {
                let transport = try WebSocketTransport(.test(server.url))
                let exchange = await transport.exchange(.testSave)
                precondition(exchange.answer?.status == 200)
                transport.close()
                await server.wait(for: .ended(connection: server.connections - 1))
            }
            try await roundTrip()
            let before = try entries("/proc/self/fd").count
            for _ in 0..<5 { try await roundTrip() }
            try settles { try threadsWithoutPipeSignal() == 0 }
            try settles { try entries("/proc/self/fd").count <= before }
            server.stop()
        }
    }
}
