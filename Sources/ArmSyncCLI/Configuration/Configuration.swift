import ArmProtocol
import ArmSync

/// Everything that can be configured, with its defaults.
struct Configuration: Sendable {
    var server: String?
    var domain: String?
    var application: String?
    var agent: String?
    var documents: [DocumentKey] = []
    /// Absolute; nil is the user's own state directory.
    var stateDirectory: String?
    /// Nil is what the server's address says.
    var transport: TransportKind?
    var pathPrefix = ""
    /// Path and query of the WebSocket; nil is where the commands are.
    var webSocketPath: String?
    var messagePadding = MessagePadding.spaces
    var messageLength = MessageLength.bytes
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
