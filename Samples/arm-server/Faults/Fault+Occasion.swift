/// What a fault may strike, and what it can.
extension Fault {
    /// Something comes in that a fault may strike.
    enum Occasion: Sendable {
        case command(Command, over: Transport)
        /// A request to open a WebSocket.
        case handshake
    }

    /// What the part behind the `@` allows.
    enum Scope: Sendable, Equatable {
        /// Commands and handshakes.
        case any
        /// Commands by either transport.
        case commands
        case command(Command)
        case handshake
    }

    func fits(_ occasion: Occasion) -> Bool {
        switch (occasion, scope) {
        case (.handshake, .any), (.handshake, .handshake): effect.strikesHandshakes
        case (.command(_, let transport), .any), (.command(_, let transport), .commands):
            effect.strikesCommands(over: transport)
        case (.command(let command, let transport), .command(let wanted)):
            command == wanted && effect.strikesCommands(over: transport)
        case (.handshake, .commands), (.handshake, .command), (.command, .handshake): false
        }
    }
}

extension Fault.Effect {
    var strikesHandshakes: Bool {
        switch self {
        case .substitute(.refusal, _), .substitute(.closeFrame, _): false
        // A handshake carries nothing out.
        case .substitute(_, carriedOut: true): false
        case .substitute, .delay, .opening: true
        case .shape, .meddle, .carriage: false
        }
    }

    var strikesCommands: Bool {
        strikesCommands(over: .http) || strikesCommands(over: .websocket)
    }

    func strikesCommands(over transport: Transport) -> Bool {
        switch self {
        case .opening: false
        case .carriage, .substitute(.closeFrame, _): transport == .websocket
        // JSON has no document types.
        case .shape(.doctype): transport == .http
        case .substitute, .shape, .delay, .meddle: true
        }
    }
}
