import COpenSSL

/// Finds out why OpenSSL gave up, from its error queue and from the alerts that passed by.
struct TLSFailureJudge {
  let log: TLSMessageLog
  let phaseIsHandshake: Bool
  let context: TLSContext

  private static let protocolVersion: UInt8 = 70
  private static let certificateRequired: UInt8 = 116
  /// What servers say when they miss a certificate in TLS 1.2: handshake_failure, bad_certificate, certificate_unknown.
  private static let missesCertificate: Set<UInt8> = [40, 42, 46]

  /// The failure; OpenSSL's error queue is empty afterwards.
  func judge() -> TLSFailure {
    let error = OpenSSLError.takeFirst()
    if let alert = log.alertReceived { return judge(received: alert) }
    switch error?.reason {
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_VERSION_TOO_LOW, SSL_R_VERSION_TOO_HIGH:
      return TLSFailure(.version(peer: nil), "the peer's TLS versions have none in common with ours")
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return TLSFailure(.clientCertificateRequired, "the client showed no certificate")
    case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
      return TLSFailure(.notTLS(firstBytes: []), "the peer speaks HTTP here, not TLS")
    default: return ownFailure(error?.words ?? "the peer broke the protocol")
    }
  }

  private func ownFailure(_ words: String) -> TLSFailure {
    guard let alert = log.alertSent else { return TLSFailure(.handshake, words) }
    let told = "\(words) (we sent the alert \(alert.name))"
    return TLSFailure(phaseIsHandshake ? .handshake : .alert(alert), told)
  }

  private func judge(received alert: TLSAlert) -> TLSFailure {
    if alert.code == Self.protocolVersion, phaseIsHandshake {
      return TLSFailure(.version(peer: nil), "the peer accepts none of the TLS versions that we offer")
    }
    if isAboutMissingCertificate(alert) {
      let told = "(the server sent the alert \(alert.name))"
      return TLSFailure(.clientCertificateRequired, "the server wants a client certificate and got none \(told)")
    }
    let meaning = alert.meaning.map { ": \($0)" } ?? ""
    return TLSFailure(.alert(alert), "the peer sent the alert \(alert.name)\(meaning)")
  }

  private func isAboutMissingCertificate(_ alert: TLSAlert) -> Bool {
    if alert.code == Self.certificateRequired { return true }
    let hadNone = log.certificateRequested && context.configuration.identity == nil
    return hadNone && Self.missesCertificate.contains(alert.code)
  }
}
