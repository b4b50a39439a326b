import SMTPWire

/// What the events of a session say about its TLS.
///
/// All strings come from the peer; they are shown through `SafeText` as everything is.
package struct TLSFacts: Hashable, Sendable {
  /// A certificate of the chain, as the event `certificate` describes it.
  package struct Certificate: Hashable, Sendable {
    /// Whose certificate it is.
    package var subject = ""
    /// Who signed it.
    package var issuer = ""
    /// The names that it is good for, with commas.
    package var names = ""
    /// Until when it is good.
    package var expires = ""
    /// Kind and size of the key, such as `RSA-2048`.
    package var key = ""

    /// Reads `subject=… issuer=… names=… until=… key=…`; a field that is missing is empty.
    package init(details: [UInt8]) {
      let keys = ["subject", "issuer", "names", "until", "key"]
      let text = String(decoding: details, as: UTF8.self)
      for (index, key) in keys.enumerated() {
        guard let start = text.firstRange(of: key + "=")?.upperBound else { continue }
        let rest = text[start...]
        let ends = keys[(index + 1)...].compactMap { rest.firstRange(of: " " + $0 + "=")?.lowerBound }
        let value = String(rest[..<(ends.min() ?? rest.endIndex)])
        switch key {
        case "subject": subject = value
        case "issuer": issuer = value
        case "names": names = value
        case "until": expires = value
        default: self.key = value
        }
      }
    }
  }

  /// Such as `TLSv1.3`; empty before the handshake.
  package var version = ""
  /// The cipher suite.
  package var cipher = ""
  /// The group of the key exchange.
  package var group = ""
  /// Whether the certificate was verified.
  package var isVerified = false
  /// The server's own certificate first.
  package var certificates: [Certificate] = []
  /// The name of the failure, such as `tls.cert.expired`, and its words.
  package var failure: (name: String, words: String)? {
    get { failureName.isEmpty ? nil : (failureName, failureWords) }
    set { (failureName, failureWords) = newValue.map { ($0.name, $0.words) } ?? ("", "") }
  }
  private var failureName = ""
  private var failureWords = ""

  /// Makes facts that say nothing.
  package init() {}

  /// Whether a handshake has succeeded.
  package var isUp: Bool { !version.isEmpty }

  /// Takes the event `tls`, `certificate` or `tls-failed`; any other changes nothing.
  package mutating func note(name: String, details: [UInt8]) {
    let words = details.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    switch name {
    case "tls":
      version = words.first ?? "TLS"
      cipher = words.dropFirst().first ?? ""
      group = words.count > 3 ? words[2] : ""
      isVerified = words.last == "verified"
    case "certificate":
      if certificates.count < 20 { certificates.append(Certificate(details: details)) }
    case "tls-failed":
      failure = (words.first ?? "", words.dropFirst().joined(separator: " "))
    default: break
    }
  }
}
