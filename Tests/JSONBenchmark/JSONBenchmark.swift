import Foundation
import JSONDocument

/// Measures parsing and writing against Foundation's JSONSerialization, on a document of saved
/// reports that is made here, and says how many times faster each is.
@main
enum JSONBenchmark {
    private static let documentBytes = 10_000_000
    private static let rounds = 7

    static func main() throws {
        let document = SampleDocument.bytes(atLeast: documentBytes)
        print("a document of \(document.count) bytes, the best of \(rounds) rounds, MB/s")

        var value = JSONValue.null
        let parsing = try rate(document.count) { value = try JSONValue(parsing: document) }
        var written: [UInt8] = []
        let writing = rate(document.count) { written = value.serialized() }
        guard written == document else { throw Failure.changed }

        let data = Data(document)
        var object: Any = ()
        let peerParsing = try rate(document.count) {
            object = try JSONSerialization.jsonObject(with: data)
        }
        let peerWriting = try rate(document.count) {
            _ = try JSONSerialization.data(withJSONObject: object)
        }
        report("parse", parsing, peerParsing)
        report("write", writing, peerWriting)
    }

    private enum Failure: Error { case changed }

    /// The best rate of a few rounds, in megabytes a second.
    private static func rate(_ bytes: Int, _ body: () throws -> Void) rethrows -> Double {
        var best = Duration.seconds(3600)
        for _ in 0..<rounds {
            best = min(best, try ContinuousClock().measure(body))
        }
        return Double(bytes) / 1_000_000 / (best / .seconds(1))
    }

    private static func report(_ what: String, _ ours: Double, _ theirs: Double) {
        func column(_ number: Double) -> String { String(format: "%8.1f", number) }
        print(
            "\(what)  JSONDocument\(column(ours))  JSONSerialization\(column(theirs))"
                + "  ratio\(column(ours / theirs))"
        )
    }
}
