import ArmProtocol
import ArmSync
import ArmSyncCurl
import JSONDocument

extension CurlConfiguration {
    /// Whatever proxy the environment names is not asked, and a test reaches no limit on an exchange
    /// unless it sets another: under a sanitizer and beside other tests one may take long, and a ping
    /// in between would be a request more that a server counts.
    static func test(_ server: String) -> CurlConfiguration {
        var configuration = CurlConfiguration(
            server: server,
            domain: "biysk.local",
            userAgent: "arm-sync/0.test"
        )
        configuration.proxy = ""
        configuration.totalTimeout = .seconds(600)
        configuration.stallTimeout = .seconds(600)
        return configuration
    }
}

extension CurlTransport {
    /// Sends the request as nobody in particular.
    func exchange(_ request: ArmRequest) async -> Exchange {
        await exchange(request, with: .none)
    }
}

extension ArmRequest {
    static let key = DocumentKey(application: "hodor", agent: "102")
    static let testRead = ArmRequest.read(key)
    static let testSave = ArmRequest.save(key, .empty)

    /// A save whose body is longer than that many bytes.
    static func testSave(over count: Int) -> ArmRequest {
        var tree = JSONObject()
        tree["_name"] = "user_data"
        tree["_content"] = [.string(JSONString(String(repeating: "x", count: count)))]
        return .save(key, .document(.object(tree), .nodes))
    }
}

/// Makes a transport, and closes it however the work ends.
func withTransport<Value>(
    _ configuration: CurlConfiguration,
    _ work: (CurlTransport) async throws -> Value
) async throws -> Value {
    let transport = try CurlTransport(configuration)
    defer { transport.close() }
    return try await work(transport)
}

/// Makes a transport to a scripted server, and ends both however the work ends.
func withTransport<Value>(
    to server: ScriptedServer,
    _ change: (inout CurlConfiguration) -> Void = { _ in },
    _ work: (CurlTransport) async throws -> Value
) async throws -> Value {
    defer { server.stop() }
    var configuration = CurlConfiguration.test(server.url)
    change(&configuration)
    return try await withTransport(configuration, work)
}

extension Exchange {
    var failure: TransportFailure? { if case .failed(let failure) = self { failure } else { nil } }
    var answer: Answer? { if case .answered(let answer) = self { answer } else { nil } }
}
