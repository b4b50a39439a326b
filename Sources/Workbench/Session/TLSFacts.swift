package import Dialogue

/// What the events of a session say about its TLS.
///
/// All strings come from the peer; they are shown through `SafeText` as everything is.
package struct TLSFacts: Hashable, Sendable {
  /// Such as `TLSv1.3`; empty before the handshake.
  package var version = ""
  /// The cipher suite.
  package var cipher = ""
  /// The group of the key exchange.
  package var group = ""
  /// Whether the certificate was verified.
  package var isVerified = false
  /// The server's own certificate first.
  package var certificates: [CertificateSummary] = []
  /// What is wrong with the certificate or the handshake: the last that was told.
  package var failure: EventReason?

  /// Makes facts that say nothing.
  package init() {}

  /// Whether a handshake has succeeded.
  package var isUp: Bool { !version.isEmpty }

  /// Takes an event; one that is not about TLS changes nothing.
  package mutating func note(_ event: SessionEvent) {
    switch event {
    case .tls(let summary):
      version = summary.version.isEmpty ? "TLS" : summary.version
      (cipher, group, isVerified) = (summary.cipher, summary.group, summary.isVerified == true)
    case .certificate(let certificate):
      if certificates.count < 20 { certificates.append(certificate) }
    case .unverified(let reason), .tlsFailed(let reason): failure = reason
    default: break
    }
  }
}
