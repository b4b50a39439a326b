import SMTPWire

/// What a source says of a TLS handshake, line by line, until it is whole.
struct ImportTLS {
  private var version = ""
  private var cipher = ""
  private var group = ""
  private var isVerified = false
  private var certificate = CertificateSummary()
  private var isPending = false
  /// Whether a handshake was told.
  private(set) var isActive = false

  /// A handshake succeeded.
  mutating func begin(version: some Collection<UInt8>, cipher: some Collection<UInt8>) {
    self.version = Self.word(version)
    self.cipher = Self.word(cipher)
    (isPending, isActive) = (true, true)
  }

  /// The group of the key exchange.
  mutating func agree(on group: some Collection<UInt8>) { self.group = Self.word(group) }

  /// Whether the certificate was found to be good.
  mutating func verify(_ isVerified: Bool) { self.isVerified = isVerified }

  /// A fact about the server's certificate; the first one counts.
  mutating func certify(_ field: WritableKeyPath<CertificateSummary, String>, _ value: some Collection<UInt8>) {
    if certificate[keyPath: field].isEmpty { certificate[keyPath: field] = value.prefix(500).text }
  }

  /// Takes down what was told, where it has not been yet.
  mutating func flush(into recorder: inout ImportRecorder) {
    guard isPending else { return }
    isPending = false
    recorder.event(.tls(TLSSummary(version: version, cipher: cipher, group: group, isVerified: isVerified)))
    if certificate != CertificateSummary() { recorder.event(.certificate(certificate)) }
    (certificate, group, isVerified) = (CertificateSummary(), "", false)
  }

  private static func word(_ octets: some Collection<UInt8>) -> String {
    octets.prefix(80).filter { $0.isASCIILetter || $0.isASCIIDigit || "-_.".utf8.contains($0) }.text
  }
}

/// The sessions of one source, of which one is asked for.
struct ImportSessions {
  private(set) var recorders: [(recorder: ImportRecorder, target: String?)] = []

  mutating func append(_ recorder: ImportRecorder, target: String?) { recorders.append((recorder, target)) }

  /// The session of a number from 1; without a number the first in which the server speaks, else the first.
  func result(_ session: Int?) -> DialogueImport {
    let index = session.map { $0 - 1 } ?? recorders.firstIndex { $0.recorder.serverLines > 0 } ?? 0
    guard recorders.indices.contains(index) else { return DialogueImport(sessions: recorders.count) }
    let (recorder, target) = recorders[index]
    var result = DialogueImport(recorder, target: target, sessions: recorders.count)
    if recorders.count > 1, session == nil {
      result.notes.append("the source holds \(recorders.count) sessions; this is number \(index + 1)")
    }
    return result
  }
}
