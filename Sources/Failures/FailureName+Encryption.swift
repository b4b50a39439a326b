// The names of what goes wrong with TLS.
extension FailureName {
  /// TLS is required and the server does not offer STARTTLS.
  package static let tlsNotOffered = FailureName("tls.not_offered")
  /// The server offers STARTTLS and refuses it.
  package static let tlsRefused = FailureName("tls.refused")
  /// What the peer sent is not TLS.
  package static let tlsNotTLS = FailureName("tls.not_tls")
  /// The handshake failed for a reason that we found.
  package static let tlsHandshake = FailureName("tls.handshake")
  /// The peer ended TLS with an alert.
  package static let tlsAlert = FailureName("tls.alert")
  /// The peer closed the connection during the handshake.
  package static let tlsEOF = FailureName("tls.eof")
  /// The peer closed the connection without ending TLS.
  package static let tlsTruncated = FailureName("tls.truncated")
  /// Plaintext stood behind the 220 of STARTTLS.
  package static let tlsInjection = FailureName("tls.injection")
  /// The peer asked for a second handshake.
  package static let tlsRenegotiation = FailureName("tls.renegotiation")
  /// The two sides have no protocol version in common.
  package static let tlsVersion = FailureName("tls.version")
  /// The peer demands a client certificate.
  package static let tlsClientCertRequired = FailureName("tls.client_cert_required")
  /// A certificate was valid until a time that is past.
  package static let tlsCertExpired = FailureName("tls.cert.expired")
  /// A certificate will be valid later.
  package static let tlsCertNotYetValid = FailureName("tls.cert.not_yet_valid")
  /// The certificate is signed by itself.
  package static let tlsCertSelfSigned = FailureName("tls.cert.selfsigned")
  /// The chain does not lead to a trusted certificate.
  package static let tlsCertUntrusted = FailureName("tls.cert.untrusted")
  /// The certificate is for other names.
  package static let tlsCertHostname = FailureName("tls.cert.hostname")
  /// A key of the chain is too short.
  package static let tlsCertWeakKey = FailureName("tls.cert.weak_key")
  /// A signature of the chain uses a broken digest.
  package static let tlsCertWeakSignature = FailureName("tls.cert.weak_signature")
  /// A certificate breaks another rule of RFC 5280.
  package static let tlsCertInvalid = FailureName("tls.cert.invalid")
  /// This side's certificate or key cannot be used.
  package static let tlsConfigIdentity = FailureName("tls.config.identity")
  /// This side's trusted certificates cannot be read.
  package static let tlsConfigTrust = FailureName("tls.config.trust")
  /// This side's cipher list names nothing usable.
  package static let tlsConfigCiphers = FailureName("tls.config.ciphers")
  /// This side's oldest version is newer than its newest.
  package static let tlsConfigVersions = FailureName("tls.config.versions")
  /// This side's key log cannot be written.
  package static let tlsConfigKeyLog = FailureName("tls.config.key_log")
  /// OpenSSL itself failed.
  package static let tlsConfigLibrary = FailureName("tls.config.library")
  /// The reference MTA's certificate authority could not be made or read.
  package static let tlsTestCA = FailureName("tls.test_ca")
}
