import Foundation
import JSONDocument

/// Measures parsing and writing against Foundation's JSONSerialization, on a document of saved
/// reports that is made here, and says how many times faster each is; then merging, against the
/// parsing of what is merged.
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
        for bytes in [1_000_000, 4_000_000] { try reportMerge(MergeBenchmark(bytes: bytes)) }
    }

    private static func reportMerge(_ benchmark: MergeBenchmark) throws {
        var versions = try benchmark.parse()
        let parsing = try best { versions = try benchmark.parse() }
        var conflicts = 0
        let merging = best {
            let result = ThreeWayMerge().merge(
                base: versions[0],
                mine: versions[1],
                theirs: versions[2]
            )
            conflicts = result.conflicts.count
        }
        guard conflicts == 0 else { throw Failure.conflict }
        func milliseconds(_ time: Duration) -> String {
            String(format: "%7.1f", time / .milliseconds(1))
        }
        print(
            "merge  three versions of \(benchmark.byteCount) bytes\(milliseconds(merging)) ms"
                + "  parsing them\(milliseconds(parsing)) ms"
        )
    }

    private enum Failure: Error { case changed, conflict }

    /// The best rate of a few rounds, in megabytes a second.
    private static func rate(_ bytes: Int, _ body: () throws -> Void) rethrows -> Double {
        Double(bytes) / 1_000_000 / (try best(body) / .seconds(1))
    }

    /// The best time of a few rounds.
    private static func best(_ body: () throws -> Void) rethrows -> Duration {
        var best = Duration.seconds(3600)
        for _ in 0..<rounds { best = min(best, try ContinuousClock().measure(body)) }
        return best
    }

    private static func report(_ what: String, _ ours: Double, _ theirs: Double) {
        func column(_ number: Double) -> String { String(format: "%8.1f", number) }
        print(
            "\(what)  JSONDocument\(column(ours))  JSONSerialization\(column(theirs))"
                + "  ratio\(column(ours / theirs))"
        )
    }
}
