import Foundation
import Synchronization

/// The processors that this process may use, one after the other.
enum Processor {
    private static let numbers: [Int] = {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        // "Cpus_allowed_list:	0-3,8"
        let list = status.firstMatch(of: /Cpus_allowed_list:\s*([0-9,-]+)/)?.output.1 ?? "0"
        return list.split(separator: ",").flatMap { range in
            let ends = range.split(separator: "-").compactMap { Int($0) }
            return Array((ends.first ?? 0)...(ends.last ?? 0))
        }
    }()

    private static let turn = Atomic(0)

    static var next: Int { numbers[turn.add(1, ordering: .relaxed).oldValue % numbers.count] }
}
