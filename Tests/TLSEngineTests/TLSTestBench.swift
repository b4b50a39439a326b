import Glibc

@testable import TLSEngine

/// A directory for one test, removed with everything in it at the end of its life.
final class TemporaryDirectory {
  let path: String

  init() {
    path = "/tmp/parley-tls-\(hexadecimal(randomBytes(8)))"
    mkdir(path, 0o700)
  }

  deinit {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink("\(path)/\(name)")
      }
      closedir(directory)
    }
    rmdir(path)
  }

  func write(_ name: String, _ content: [UInt8]) throws -> String {
    try PrivateFile.replace("\(path)/\(name)", with: content, mode: 0o600)
    return "\(path)/\(name)"
  }
}

/// A certificate authority and certificates made to order, as files.
struct TestCertificates {
  static let now = Int64(time(nil))
  static let day: Int64 = 86_400

  let directory = TemporaryDirectory()
  let authority: IssuedCertificate
  let authorityFile: String

  init() throws {
    var template = CertificateTemplate(
      commonName: "Test CA", notBefore: Self.now - Self.day, notAfter: Self.now + 1000 * Self.day)
    template.isAuthority = true
    authority = try CertificateEngine().issue(template)
    authorityFile = try directory.write("ca.pem", authority.certificate)
  }

  /// A server's certificate: good, unless `change` makes it otherwise.
  func identity(
    selfSigned: Bool = false, issuer: IssuedCertificate? = nil, change: (inout CertificateTemplate) -> Void = { _ in }
  ) throws -> TLSIdentity {
    var template = CertificateTemplate(
      commonName: "mail.example.com", notBefore: Self.now - Self.day, notAfter: Self.now + 90 * Self.day)
    template.names = ["mail.example.com", "*.wild.example.com"]
    template.addresses = ["127.0.0.1", "::1"]
    change(&template)
    let issued = try CertificateEngine().issue(template, issuer: selfSigned ? nil : issuer ?? authority)
    let name = hexadecimal(randomBytes(6))
    return TLSIdentity(
      certificateFile: try directory.write("\(name).pem", issued.certificate),
      keyFile: try directory.write("\(name).key", issued.key))
  }
}

/// A client's and a server's engine, wired together.
struct TLSPair {
  let client: TLSEngine
  let server: TLSEngine
  private(set) var clientEvents: [TLSEvent] = []
  private(set) var serverEvents: [TLSEvent] = []
  /// How many bytes an engine is given at once.
  var pieceLength = Int.max

  init(
    client: TLSConfiguration, server: TLSConfiguration, peer: TLSPeer? = TLSPeer(name: "mail.example.com")
  ) throws {
    self.client = try TLSEngine(TLSContext(client), peer: peer)
    self.server = try TLSEngine(TLSContext(server))
  }

  mutating func handshake() {
    clientEvents += client.start()
    serverEvents += server.start()
    exchange()
  }

  /// Carries bytes to and fro until neither side has any.
  mutating func exchange() {
    while true {
      let up = client.drainCiphertext()
      for piece in pieces(up) { serverEvents += server.receive(piece) }
      let down = server.drainCiphertext()
      for piece in pieces(down) { clientEvents += client.receive(piece) }
      if up.isEmpty, down.isEmpty { return }
    }
  }

  private func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: min(pieceLength, max(1, bytes.count))).map {
      Array(bytes[$0..<min(bytes.count, $0 + min(pieceLength, bytes.count))])
    }
  }

  var facts: TLSFacts? { established(clientEvents)?.0 }
  var verification: TLSVerification? { established(clientEvents)?.1 }
  var clientFailure: TLSFailure? { failure(clientEvents) }
  var serverFailure: TLSFailure? { failure(serverEvents) }
  var clientPlaintext: [UInt8] { plaintext(clientEvents) }
  var serverPlaintext: [UInt8] { plaintext(serverEvents) }

  func established(_ events: [TLSEvent]) -> (TLSFacts, TLSVerification)? {
    for case .established(let facts, let verification) in events { return (facts, verification) }
    return nil
  }
}

func failure(_ events: [TLSEvent]) -> TLSFailure? {
  for case .failed(let failure) in events { return failure }
  return nil
}

func plaintext(_ events: [TLSEvent]) -> [UInt8] {
  events.flatMap { event -> [UInt8] in if case .plaintext(let bytes) = event { bytes } else { [] } }
}
