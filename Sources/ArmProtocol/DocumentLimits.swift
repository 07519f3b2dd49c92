/// How large a document may be, so that everything that can be saved can be read back.
///
/// A response is cut off at 16 MiB, in either encoding. A server is free to write the document it
/// gives back in other words than we did: with XML attributes in double quotes every `"` takes six
/// bytes, and a list of empty strings (`["","",…]`) grows 4.3 times; in JSON, some programs write
/// `<` as `\u003c`. So two rules hold for a document, whichever transport is in use when it is
/// edited: 4 MiB as compact JSON, and the worst case of each encoding within what a response has
/// left beside the envelope. What we write ourselves then always fits: a string within a string
/// grows to twice its size at most.
public enum DocumentLimits {
    /// Bytes of a document as compact JSON: 4 MiB.
    public static let json = 4 << 20
    /// Bytes of a response, as a body over HTTP or as a message: 16 MiB.
    public static let responseBody = 16 << 20
    /// Bytes of a response that are not the document: declaration or header, envelope, namespaces.
    public static let envelope = 64 << 10

    /// Bytes of compact JSON that fit however they are escaped: none grows to more than six.
    public static let certain = (responseBody - envelope) / 6

    /// Why a document with that compact JSON text is too large, in plain English, without a trailing
    /// full stop; nil where it fits.
    public static func excess(of compact: [UInt8]) -> String? {
        if compact.count > json {
            return "the document is \(compact.count) bytes of compact JSON, "
                + "over the limit of \(json)"
        }
        return escapedSize(of: compact).excess
    }
}
