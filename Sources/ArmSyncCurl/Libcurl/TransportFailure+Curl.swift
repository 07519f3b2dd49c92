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

    static var noWebSocket: TransportFailure {
        unsent("libwslay", "libwslay could not make what a connection needs")
    }

    static func notLoaded(_ error: LibraryLoadError) -> TransportFailure {
        TransportFailure(kind: .misconfigured, code: error.library, message: error.description)
    }

    private static func unsent(_ code: String, _ message: String) -> TransportFailure {
        TransportFailure(
            kind: .interrupted(whileConnecting: true),
            code: code,
            message: message
        )
    }
}
