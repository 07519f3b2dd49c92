import Foundation

/// A server, and the station that every trial of a scene begins with a copy of.
final class Stage {
    let scene: Scene
    let server: SampleServer
    private let model: Station
    private let stored: String

    init(_ scene: Scene) throws {
        self.scene = scene
        server = try SampleServer()
        try server.put(#"{"base":1}"#)
        model = try Station(server)
        try Self.check(model.run("pull"), code: 0)
        for step in scene.steps { try Self.take(step, model, server) }
        guard let stored = try server.document() else {
            throw Unexpected(description: "\(scene.name) leaves the server nothing")
        }
        self.stored = stored
    }

    /// A station and a server as if nothing had been tried yet.
    ///
    /// - Parameter folder: where the station is.
    func set(in folder: String? = nil) throws -> Station {
        let station = try Station(copying: model, in: folder)
        try server.clearFaults()
        try server.put(stored)
        try server.forgetRequests()
        if !scene.faults.isEmpty { try server.set(faults: scene.faults) }
        return station
    }

    private static func take(_ step: Scene.Step, _ station: Station, _ server: SampleServer) throws
    {
        switch step {
        case .run(let arguments, let code): try check(station.run(arguments), code: code)
        case .rival(let places): try server.write(places)
        case .faults(let faults): try server.set(faults: faults)
        case .noFaults: try server.clearFaults()
        case .shell(let line): try check(station.shell(line), code: 0)
        case .forget: try FileManager.default.removeItem(atPath: station.state)
        }
    }

    private static func check(_ outcome: Outcome, code: Int32) throws {
        guard outcome.code == code else { throw Unexpected(description: outcome.words) }
    }
}

extension SampleServer {
    /// What a rival would do to these places alone.
    func write(_ places: Places) throws {
        guard !places.isEmpty else { return }
        let held = try document().map { try Data($0.utf8).members } ?? [:]
        let whole = held.merging(places) { $1 }
        let bytes = try JSONSerialization.data(withJSONObject: whole, options: .sortedKeys)
        try put(String(decoding: bytes, as: UTF8.self))
    }

    func places() throws -> Places {
        try document().map { try Data($0.utf8).members.compactMapValues { $0 as? Int } } ?? [:]
    }
}

extension Station {
    /// The numbers of the local document; none where there is no document.
    func places() throws -> Places {
        let outcome = try run("get", "--json")
        if outcome.code == 65 { return [:] }
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
        return try Data(outcome.bytes).members.compactMapValues { $0 as? Int }
    }

    /// Those of the file that other programs read.
    func publishedPlaces() throws -> Places {
        try Data(contentsOf: URL(filePath: "\(folder())/user_data.json")).members
            .compactMapValues { $0 as? Int }
    }
}

extension Data {
    fileprivate var members: [String: Any] {
        get throws {
            guard let members = try JSONSerialization.jsonObject(with: self) as? [String: Any]
            else { throw Unexpected(description: String(decoding: self, as: UTF8.self)) }
            return members
        }
    }
}
