import Glibc

/// The promises that are being tried, by `--target=NAME`: libFuzzer leaves such words alone, and
/// hands them on to the processes it starts.
private let target: FuzzTarget = {
    let prefix = "--target="
    let names = CommandLine.arguments.filter { $0.hasPrefix(prefix) }
        .map { String($0.dropFirst(prefix.count)) }
    guard let name = names.first, let target = FuzzTarget(rawValue: name) else {
        let all = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        print("Name what is to be fuzzed with --target=NAME: \(all)")
        exit(64)
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Because: libFuzzer keeps the bytes for as long as this call takes.
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(BrokenLaw) {
        try target.run(bytes)
    } catch {
        // A crash is what libFuzzer takes for a finding.
        fatalError("\(target.rawValue): \(error)")
    }
    return 0
}
