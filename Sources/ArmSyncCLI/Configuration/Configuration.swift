import ArmProtocol
import ArmSync

/// Everything that can be configured, with its defaults.
struct Configuration: Sendable {
    /// The transports there are.
    enum TransportKind: String, Sendable, CaseIterable {
        case http
    }

    var server: String?
    var domain: String?
    var application: String?
    var agent: String?
    var documents: [DocumentKey] = []
    /// Absolute; nil is the user's own state directory.
    var stateDirectory: String?
    var transport = TransportKind.http
    var pathPrefix = ""
    var contentType = "text/xml; charset=utf-8"
    var payloadForm = PayloadForm.json
    var mapping = PayloadMapping()
    var connectTimeout: Duration = .seconds(5)
    var totalTimeout: Duration = .seconds(30)
    var stallTimeout: Duration = .seconds(15)
    /// How long something may fail before an unattended run says so.
    var warnAfter: Duration = .seconds(3600)
    /// Program and arguments that bring news to a person; empty is none.
    var attentionCommand: [String] = []
    var credentials = CredentialSettings()
    var certificateAuthorityFile: String?
    var clientCertificate: String?
    var clientKey: String?
    var pinnedPublicKey: String?
    /// Nil is what the environment says, as libcurl reads it.
    var proxy: String?
    /// The files it was read from.
    var files: [String] = []
    /// What the engine needs; its binding comes from `server` and `domain`.
    var sync = SyncSettings()
}
