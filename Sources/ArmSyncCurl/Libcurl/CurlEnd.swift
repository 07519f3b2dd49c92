import ArmSync
import CLibcurl
import Glibc

/// What is known of a transfer that ended without an answer.
struct CurlEnd: Hashable, Sendable {
    /// libcurl's own code.
    var code: CURLcode.RawValue
    /// Whether the connection stood, TLS included.
    var connected = false
    /// Whether libcurl had taken any of the body: from then on it may have arrived.
    var bodyBegan = false
    /// Whether we stopped it ourselves, because the answer was too large.
    var overLimit = false
    /// How long it took.
    var elapsed: Duration = .zero
    /// Whether a proxy may have been asked: libcurl does not say which of the two it could not reach.
    var proxied = false
    /// `errno` of the failed connection, or 0.
    var systemError: Int32 = 0
    /// libcurl's words for the code.
    var words = ""
    /// libcurl's words for this failure. Only those about TLS are known to hold no secret.
    var detail = ""
}

extension CurlEnd {
    /// The failure, as the port says it.
    func failure(_ plan: CurlPlan) -> TransportFailure {
        TransportFailure(kind: kind, code: "curl \(code)", message: message(plan))
    }

    /// What the code means for the request. A code that is not named here is *interrupted*: not
    /// knowing costs a read before the next save, wrongly believing it unsent could cost an edit.
    var kind: TransportFailure.Kind {
        switch CURLcode(code) {
        case CURLE_WRITE_ERROR where overLimit, CURLE_WEIRD_SERVER_REPLY,
            CURLE_BAD_CONTENT_ENCODING:
            .garbled
        // This is also how libcurl answers bytes that are no HTTP at all; the request is out then.
        case CURLE_UNSUPPORTED_PROTOCOL where bodyBegan:
            .garbled
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            bodyBegan ? interrupted : .unreachable
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_SSL_CONNECT_ERROR,
            CURLE_SSL_CERTPROBLEM, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_SSL_CIPHER:
            bodyBegan ? interrupted : .misconfigured
        // From TLS 1.3 on the server may ask for the certificate it lacks when the request is on its
        // way already; the handshake is not over for it then, and the request not read.
        case CURLE_RECV_ERROR where wantsClientCertificate,
            CURLE_SEND_ERROR where wantsClientCertificate:
            .misconfigured
        default:
            interrupted
        }
    }

    private var interrupted: TransportFailure.Kind {
        .interrupted(whileConnecting: !connected && !bodyBegan)
    }
}

// MARK: - In words

extension CurlEnd {
    private func message(_ plan: CurlPlan) -> String {
        let endpoint = plan.address.endpoint
        switch CURLcode(code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "the proxy's name could not be resolved"
        case CURLE_COULDNT_RESOLVE_HOST:
            return "the name \(plan.address.host) could not be resolved"
        case CURLE_COULDNT_CONNECT:
            let place = proxied ? "\(endpoint) or its proxy" : endpoint
            return systemError == ECONNREFUSED
                ? "nothing listens at \(place)" : "\(place) cannot be reached"
        case CURLE_OPERATION_TIMEDOUT:
            return timeoutMessage(plan)
        case CURLE_SSL_CLIENTCERT,
            CURLE_RECV_ERROR where wantsClientCertificate,
            CURLE_SEND_ERROR where wantsClientCertificate:
            return "\(endpoint) asks for a client certificate; check \"tls.client_certificate\""
        case CURLE_PARTIAL_FILE:
            return "the answer was cut short"
        case CURLE_GOT_NOTHING:
            return "the connection was closed without an answer"
        case CURLE_SEND_ERROR:
            return "the connection broke while the request was sent"
        case CURLE_RECV_ERROR:
            return connected
                ? "the connection broke before the answer was complete"
                : "the connection broke while it was being made"
        case CURLE_SEND_FAIL_REWIND:
            return "the connection was closed after the request had begun, "
                + "and it is not sent a second time unasked"
        case CURLE_HTTP2_STREAM:
            return "the HTTP/2 stream was ended without an answer"
        case CURLE_WRITE_ERROR where overLimit:
            return "the answer is larger than \(CurlPlan.responseLimit >> 20) MiB"
        case CURLE_UNSUPPORTED_PROTOCOL where bodyBegan, CURLE_WEIRD_SERVER_REPLY:
            return "what \(endpoint) answers is not HTTP"
        case CURLE_BAD_CONTENT_ENCODING:
            return "the answer's compression is broken"
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER:
            return "no TLS connection to \(endpoint) (\(tlsReason)); perhaps it speaks plain HTTP "
                + "(\"server\"), or a captive portal stands in between"
        case CURLE_PEER_FAILED_VERIFICATION:
            return untrusted(endpoint)
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return "the key of \(endpoint) is none of those that \"tls.pinned_public_key\" names: "
                + "it was renewed, or somebody else answers there"
        case CURLE_SSL_CERTPROBLEM:
            return "the client certificate cannot be used (\(tlsReason)); check "
                + "\"tls.client_certificate\" and \"tls.client_key\", which must be PEM and "
                + "without a password"
        case CURLE_SSL_CACERT_BADFILE:
            return "the file of trusted certificates cannot be used (\(tlsReason)); check "
                + "\"tls.ca_file\""
        case CURLE_URL_MALFORMAT:
            return "libcurl does not take the server's address"
        default:
            return "libcurl stopped: \(words)"
        }
    }

    /// OpenSSL tells the causes apart in words only.
    private var wantsClientCertificate: Bool {
        detail.contains("alert certificate required")
    }

    private func untrusted(_ endpoint: String) -> String {
        let advice =
            if detail.contains("expired") || detail.contains("not yet valid") {
                "whoever runs it has to renew it, unless this station's clock is wrong"
            } else if detail.contains("match") {
                "check \"server\""
            } else {
                "if it is the right one, name the authority that signed it in \"tls.ca_file\""
            }
        return "the certificate of \(endpoint) is not trusted (\(tlsReason)): \(advice); a captive "
            + "portal can also be the cause"
    }

    /// A server's certificate may be quoted in it: what could steer a terminal is taken out.
    private var tlsReason: String {
        let shown = detail.unicodeScalars.filter {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        }
        return shown.isEmpty ? words : String(shown)
    }

    private func timeoutMessage(_ plan: CurlPlan) -> String {
        if !connected && !bodyBegan {
            let limit = min(plan.connectTimeout, plan.totalTimeout)
            return "no connection to \(plan.address.endpoint) within \(limit.inWords)"
        }
        // By libcurl's clock the end may come a moment before the limit.
        return elapsed >= plan.totalTimeout || elapsed < plan.stallTimeout
            ? "no answer within \(plan.totalTimeout.inWords)"
            : "nothing moved for \(plan.stallTimeout.inWords)"
    }
}
