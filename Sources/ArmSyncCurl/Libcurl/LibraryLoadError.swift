/// A library that is loaded on first use could not be.
package struct LibraryLoadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What people call it: `libcurl`.
    package var library: String
    /// The Debian package it is in: `libcurl4`.
    package var package: String
    /// The dynamic loader's own words.
    package var reason: String

    /// What happened and what to install.
    package var description: String {
        "\(library) could not be loaded (\(reason)); install it with `apt install \(package)`"
    }
}

extension LibraryLoadError {
    /// Loads a table of functions with a C function that writes down why it cannot.
    static func load<Table>(
        _ library: String,
        of package: String,
        _ load: (_ reason: UnsafeMutablePointer<CChar>, _ size: Int) -> UnsafePointer<Table>?
    ) throws(LibraryLoadError) -> UnsafePointer<Table> {
        let (table, reason) = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) {
            reason -> (UnsafePointer<Table>?, String) in
            reason.initialize(repeating: 0)
            guard let start = reason.baseAddress else { return (nil, "") }
            return (load(start, reason.count), String(cString: start))
        }
        guard let table else {
            throw LibraryLoadError(library: library, package: package, reason: reason)
        }
        return table
    }
}
