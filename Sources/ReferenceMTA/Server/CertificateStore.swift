import Glibc
import MTACore
import Synchronization
import TLSEngine

/// The server's certificate, made by the test authority when it is missing, and ready for handshakes.
final class CertificateStore: Sendable {
  /// The path of the authority's certificate.
  let authority: String
  private let directory: String
  private let hostname: String
  /// The file of the authorities that vouch for clients' certificates; nil for those who are asked for none.
  private let clientAuthorities: String?
  private let preparation = Mutex<Task<TLSContext?, Never>?>(nil)
  private let failure = Mutex<String?>(nil)

  /// Keeps the certificate of a server in a directory.
  init(directory: String, _ configuration: MTAConfiguration) {
    self.directory = directory
    hostname = configuration.hostname
    authority = directory + "/ca.pem"
    clientAuthorities = configuration.asksCertificate ? configuration.clientAuthorities ?? authority : nil
  }

  /// Why there is no certificate; nil as long as nothing is known to be wrong.
  var failureWords: String? { failure.withLock { $0 } }

  /// Whether clients can find the authority's certificate already.
  var hasAuthority: Bool { access(authority, R_OK) == 0 }

  /// The context for handshakes, prepared when it is asked for first; nil when there is no certificate.
  func context() async -> TLSContext? {
    await task().value
  }

  /// Begins the preparation.
  func prepare() { _ = task() }

  private func task() -> Task<TLSContext?, Never> {
    preparation.withLock { known in
      if let known { return known }
      let task = Task { make() }
      known = task
      return task
    }
  }

  private func make() -> TLSContext? {
    let names = [hostname, "localhost"]
    do {
      let files = try TestCertificateAuthority(directory: directory)
        .prepare(names: names, addresses: ["127.0.0.1", "::1"])
      var tls = TLSConfiguration.server(identity: files.identity)
      if let clientAuthorities { (tls.clientCertificates, tls.trust) = (.requested, .file(clientAuthorities)) }
      return try TLSContext(tls)
    } catch let error as TestAuthorityFailure {
      failure.withLock { $0 = error.words }
    } catch {
      failure.withLock { $0 = (error as? TLSConfigurationFailure)?.words ?? "\(error)" }
    }
    return nil
  }
}
