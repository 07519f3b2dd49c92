import Testing

@testable import arm_server

@Suite("Over real sockets")
struct SocketTests {
    @Test("A connection is kept for the next request, and numbered")
    func keepAlive() throws {
        try Station.withServer { server, station in
            let first = try RawClient(port: server.port)
            let second = try RawClient(port: server.port)
            for client in [first, first, second] {
                try client.send(Self.save)
                #expect(try client.receive(until: "</out>").hasSuffix("<ok/></response></out>"))
            }
            let connections = try station.records().map(\.connection)
            #expect(connections[0] == connections[1])
            #expect(connections[0] != connections[2])
        }
    }

    @Test("Many connections at once are all answered")
    func manyConnections() throws {
        try Station.withServer { server, station in
            let clients = try (0..<100).map { _ in try RawClient(port: server.port) }
            for client in clients { try client.send(Self.save) }
            for client in clients {
                #expect(try client.receive(until: "</out>").contains("<ok/>"))
            }
            #expect(try station.records().count == 100)
        }
    }

    @Test("A close comes without a byte, before or after the save is carried out")
    func close() throws {
        for (fault, outcome) in [("close-before", "nothing"), ("close-after", "saved")] {
            try Station.withServer([fault]) { server, station in
                let client = try RawClient(port: server.port)
                try client.send(Self.save)
                #expect(try client.receiveToEnd() == .closed(""))
                #expect(try station.records().map(\.outcome) == [outcome])
            }
        }
    }

    @Test("A reset is one")
    func reset() throws {
        try Station.withServer(["reset"]) { server, _ in
            let client = try RawClient(port: server.port)
            try client.send(Self.save)
            #expect(try client.receiveToEnd() == .reset)
        }
    }

    @Test("A truncated answer promises the whole, sends half and closes")
    func truncate() throws {
        try Station.withServer(["truncate"]) { server, _ in
            let client = try RawClient(port: server.port)
            try client.send(Self.save)
            guard case .closed(let text) = try client.receiveToEnd() else {
                Issue.record("the connection was reset")
                return
            }
            let end = try #require(text.utf8.firstRange(of: "\r\n\r\n".utf8)).upperBound
            let whole = try Station().save("<x/>").utf8.count
            #expect(text.contains("\r\nContent-Length: \(whole)\r\n"))
            #expect(text.utf8[end...].count == whole / 2)
        }
    }

    @Test("A hanging request gets nothing while others are answered, and holds up no stop")
    func hang() throws {
        try Station.withServer(["hang@save"]) { server, station in
            let client = try RawClient(port: server.port)
            try client.send(Self.save)
            let other = try RawClient(port: server.port)
            // One loop answers both: once the other's later answer is here, so would this one's be.
            repeat {
                try other.send(RawRequest.post(.read, Station.readRequest()))
                _ = try other.receive(until: "</out>")
            } while try !station.records().contains { $0.command == "save" }
            #expect(try client.hasReceivedNothing())
        }
    }

    @Test("A thirty-megabyte answer arrives whole")
    func large() throws {
        try Station.withServer(["large:30m"]) { server, _ in
            let client = try RawClient(port: server.port)
            try client.send(Self.save.replacing("Host:", with: "Connection: close\r\nHost:"))
            guard case .closed(let text) = try client.receiveToEnd() else {
                Issue.record("the connection was reset")
                return
            }
            let end = try #require(text.utf8.firstRange(of: "\r\n\r\n".utf8)).upperBound
            #expect(text.utf8[end...].count == 30 << 20)
        }
    }

    static let save = RawRequest.post(.save, Station.saveRequest("<x/>"))
}
