import ArmSync
import Foundation
import Testing

@testable import ArmSyncCurl

@Suite("libcurl")
struct CurlLibraryTests {
    @Test("that is not there is an error which says what to install")
    func missing() {
        let error = #expect(throws: LibraryLoadError.self) {
            try CurlLibrary.load(named: "libcurl-not-there.so.4")
        }
        #expect(error?.reason.contains("libcurl-not-there.so.4") == true)
        #expect(error?.description.contains("apt install libcurl4") == true)
    }

    @Test("of another kind is an error that names the missing function")
    func foreign() {
        let error = #expect(throws: LibraryLoadError.self) {
            try CurlLibrary.load(named: "libm.so.6")
        }
        #expect(error?.reason.contains("curl_") == true)
    }

    @Test("tells its version")
    func version() throws {
        #expect(try CurlLibrary.version().hasPrefix("libcurl/"))
    }

    @Test("is loaded by the first exchange and not by making a transport")
    func laziness() async {
        await #expect(processExitsWith: .success) {
            let transport = try CurlTransport(.test("http://127.0.0.1:1"))
            precondition(!CurlLibrary.isLoaded)
            _ = await transport.exchange(.testRead)
            precondition(CurlLibrary.isLoaded)
        }
    }

    @Test("never writes TLS secrets, whatever SSLKEYLOGFILE says")
    func keyLog() async {
        await #expect(processExitsWith: .success) {
            let path = FileManager.default.temporaryDirectory.path + "/arm-sync-keys-\(UUID())"
            setenv("SSLKEYLOGFILE", path, 1)
            let transport = try CurlTransport(.test("https://127.0.0.1:1"))
            _ = await transport.exchange(.testRead)
            precondition(getenv("SSLKEYLOGFILE") == nil)
            precondition(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("goes through the proxy that the environment names")
    func proxy() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedServer()
            setenv("http_proxy", proxy.url, 1)
            unsetenv("no_proxy")
            var configuration = CurlConfiguration.test("http://switch.invalid:8086")
            configuration.proxy = nil
            let transport = try CurlTransport(configuration)
            let exchange = await transport.exchange(.testSave)
            precondition(exchange.answer?.status == 200)
            let line = proxy.requests[0].head.prefix { $0 != "\r\n" }
            precondition(
                line == "POST http://switch.invalid:8086/biysk.local/service/cc/arm/save_user_data"
                    + " HTTP/1.1"
            )
        }
    }

    @Test("leaves no thread and no descriptor behind when its transport is closed")
    func residue() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedServer()
            func roundTrip() async throws {
                let transport = try CurlTransport(.test(server.url))
                let exchange = await transport.exchange(.testSave)
                precondition(exchange.answer?.status == 200)
                try settles { try threadsWithoutPipeSignal() == 1 }
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
