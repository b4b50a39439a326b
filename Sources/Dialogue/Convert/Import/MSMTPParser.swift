import SMTPWire

/// Reads the output of `msmtp --debug`.
enum MSMTPParser {
  /// Whether a line is one that msmtp writes.
  static func isSign(_ line: ArraySlice<UInt8>) -> Bool { line.begins(with: "--> ") || line.begins(with: "<-- ") }

  /// Reads a whole output.
  static func parse(_ octets: [UInt8]) -> DialogueImport {
    var recorder = ImportRecorder()
    var facts = Facts()
    var tls = ImportTLS()
    for source in ImportLines(octets) {
      let line = source.withoutReturns
      if let text = line.behind("--> ") ?? (line.elementsEqual("-->".utf8) ? [] : nil) {
        begin(&recorder, facts, &tls)
        recorder.client(text)
      } else if let text = line.behind("<-- ") {
        begin(&recorder, facts, &tls)
        recorder.server(text)
      } else {
        facts.read(line, &tls)
        facts.isTLSFirst = facts.isTLSFirst || (tls.isActive && recorder.serverLines == 0)
      }
    }
    let isTLSFirst = facts.isTLSFirst
    return DialogueImport(
      recorder, target: facts.address.map { ImportAddress.url($0, isSecureFromStart: isTLSFirst) })
  }

  private static func begin(_ recorder: inout ImportRecorder, _ facts: Facts, _ tls: inout ImportTLS) {
    if recorder.events.isEmpty { recorder.event(.connected(facts.address ?? "")) }
    tls.flush(into: &recorder)
  }

  /// What msmtp tells of its settings and of TLS.
  private struct Facts {
    var host: ArraySlice<UInt8> = []
    var port: ArraySlice<UInt8> = []
    var isTLSFirst = false
    private var section = ""
    private var isVerifying = true

    var address: String? { ImportAddress.socket(host, port: port) }

    mutating func read(_ line: ArraySlice<UInt8>, _ tls: inout ImportTLS) {
      let text = line.trimmed
      if let value = line.behind("host = ") { host = value }
      if let value = line.behind("port = ") { port = value }
      if line.begins(with: "tls_certcheck = off") { isVerifying = false }
      if line.begins(with: "TLS session parameters:") { section = "parameters" }
      if text.elementsEqual("Subject:".utf8) || text.elementsEqual("Issuer:".utf8) {
        section = text.dropLast().text.lowercased()
      } else if section == "parameters", text.begins(with: "(") {
        begin(text, &tls)
      } else if section == "subject" || section == "issuer" {
        tls.certify(section == "subject" ? \.subject : \.issuer, text)
        section = ""
      } else if let value = text.behind("Expiration time: ") {
        tls.certify(\.until, value)
      }
    }

    /// `(TLS1.3)-(ECDHE-SECP256R1)-(…)-(AES-256-GCM)`, as GnuTLS has it.
    private mutating func begin(_ text: ArraySlice<UInt8>, _ tls: inout ImportTLS) {
      let parts = text.split(separator: UInt8(ascii: "(")).map { $0.prefix { $0 != UInt8(ascii: ")") } }
      guard let version = parts.first, let cipher = parts.last else { return }
      let name = version.behind("TLS").map { Array("TLSv".utf8) + $0 } ?? Array(version)
      tls.begin(version: name, cipher: cipher)
      // msmtp goes on only with a certificate that it could verify, unless told not to look.
      tls.verify(isVerifying)
    }
  }
}
