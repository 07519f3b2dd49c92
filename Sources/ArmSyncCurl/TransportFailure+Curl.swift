import ArmSync

/// Failures that are not libcurl's own: nothing had been sent.
extension TransportFailure {
    static var cancelled: TransportFailure {
        unsent("cancelled", "the request was cancelled")
    }

    static var closed: TransportFailure {
        unsent("closed", "the transport was closed")
    }

    static var noThread: TransportFailure {
        unsent("thread", "the system gives no thread for network requests")
    }

    static var noHandle: TransportFailure {
        unsent("libcurl", "libcurl could not make what a request needs")
    }

    static func notLoaded(_ error: CurlLoadError) -> TransportFailure {
        TransportFailure(kind: .misconfigured, code: "libcurl", message: error.description)
    }

    private static func unsent(_ code: String, _ message: String) -> TransportFailure {
        TransportFailure(
            kind: .interrupted(whileConnecting: true),
            code: code,
            message: message
        )
    }
}
