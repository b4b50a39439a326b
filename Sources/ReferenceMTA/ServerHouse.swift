import MTACore
import SASL
import SMTPClient
import SMTPSession
import Synchronization
import TLSEngine

/// What all connections of a running MTA share.
final class ServerHouse: Sendable {
  let state: String
  let log: LogWriter
  let certificates: CertificateStore
  /// What all sessions' mechanisms of AUTH may know.
  let sasl: SASLServerContext
  private let current: Mutex<MTAConfiguration>
  private let guests = Mutex<[String: Int]>([:])
  private let count = Atomic<Int>(0)
  private let maximum: Int
  private let maximumPerClient: Int

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
    maximum = options.maximumConnections
    maximumPerClient = options.maximumConnectionsPerClient
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

  /// Whether most places are taken.
  var isCrowded: Bool { count.load(ordering: .relaxed) * 5 > maximum * 4 }

  /// Lets a client in, unless it has as many connections as it may; each that was let in is released.
  func admit(_ address: String) -> Bool {
    let isWelcome = guests.withLock { guests in
      guard guests[address, default: 0] < maximumPerClient else { return false }
      guests[address, default: 0] += 1
      return true
    }
    if isWelcome { count.add(1, ordering: .relaxed) }
    return isWelcome
  }

  /// A client that was let in has left.
  func release(_ address: String) {
    count.subtract(1, ordering: .relaxed)
    guests.withLock { guests in
      let rest = guests[address, default: 1] - 1
      guests[address] = rest > 0 ? rest : nil
    }
  }
}
