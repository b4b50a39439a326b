import MTACore
import SASL
import SMTPClient
import SMTPSession
import Synchronization
import TLSEngine

/// What all connections of a running MTA share.
final class ServerContext: Sendable {
  let state: String
  let log: LogWriter
  let certificates: CertificateStore
  /// What all sessions' mechanisms of AUTH may know.
  let sasl: SASLServerContext
  let limits: ConnectionLimits
  private let current: Mutex<MTAConfiguration>

  /// Opens the log and the certificate store of some options.
  init(_ options: ReferenceMTAOptions) throws(FileFailure) {
    state = options.state
    try FileSystem.makeDirectory(options.state)
    log = try LogWriter(options.log, hostname: options.configuration.hostname)
    certificates = CertificateStore(directory: options.state + "/tls", options.configuration)
    var sasl = SASLServerContext(digests: .openSSL)
    sasl.host = options.configuration.hostname
    sasl.secret = randomBytes(32)
    self.sasl = sasl
    current = Mutex(options.configuration)
    limits = ConnectionLimits(
      maximum: options.maximumConnections, perClient: options.maximumConnectionsPerClient)
  }

  /// What a connection that comes now is served by.
  func configuration(for kind: MTAListener.Kind) -> MTAConfiguration {
    var configuration = current.withLock { $0 }
    if kind == .submission {
      configuration.session.tls = .encrypt
      configuration.requiresLogin = true
    }
    if configuration.session.tls != .off, certificates.failureWords != nil { configuration.session.tls = .broken }
    return configuration
  }

  /// Replaces the configuration for connections to come.
  func replace(_ configuration: MTAConfiguration) { current.withLock { $0 = configuration } }
}
