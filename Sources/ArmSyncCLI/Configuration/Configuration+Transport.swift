import ArmSyncCurl

extension Configuration {
    /// How the switch is spoken to: as "transport" says, or else as the scheme of its address does.
    ///
    /// `http` and `https` only say where the switch is, and go with either; `ws` and `wss` say how it
    /// is spoken to as well.
    func chosenTransport() throws(CommandError) -> TransportKind {
        guard let server else { return transport ?? .http }
        let asksForWebSocket: Bool
        do {
            asksForWebSocket = try CurlConfiguration.asksForWebSocket(server)
        } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
        guard asksForWebSocket else { return transport ?? .http }
        guard transport != .http else {
            throw CommandError(
                .configuration,
                "\"transport\" is \"http\", and the server's address begins with ws:// or wss://, "
                    + "which asks for a WebSocket",
                advice: "Write http:// or https:// in the address, or set \"transport\" to "
                    + "\"websocket\"."
            )
        }
        return .websocket
    }
}
