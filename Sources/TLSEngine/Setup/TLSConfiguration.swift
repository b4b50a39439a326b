/// Which end of the connection we are.
package enum TLSRole: Sendable, Hashable {
  /// We opened the connection and say the ClientHello.
  case client
  /// We accepted the connection and show a certificate.
  case server
}

/// Where the certificates come from that a chain must end in.
package enum TLSTrust: Sendable, Hashable {
  /// The hashed directory of the installed OpenSSL, or what `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
  case system
  /// One PEM file with the trusted certificates.
  case file(String)
  /// A directory of PEM files named by hash, as `openssl rehash` makes it.
  case directory(String)
  /// Nothing is trusted.
  case none
}

/// A certificate chain and its private key, as two PEM files (they may be the same file).
package struct TLSIdentity: Sendable, Hashable {
  /// Path of the PEM file with the chain, own certificate first.
  package var certificateFile: String
  /// Path of the PEM file with the private key, not encrypted.
  package var keyFile: String

  /// The identity in these two files; they are read when a ``TLSContext`` is made.
  package init(certificateFile: String, keyFile: String) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }
}

/// What a server wants of the client's certificate.
package enum TLSClientCertificatePolicy: Sendable, Hashable {
  /// The client is not asked.
  case notRequested
  /// The client is asked and may decline.
  case requested
  /// Without a certificate the handshake fails.
  case required
}

/// Everything about TLS that is the same for many connections.
package struct TLSConfiguration: Sendable, Hashable {
  /// Which end we are.
  package var role: TLSRole
  /// The oldest version that is accepted.
  package var minimumVersion = TLSVersion.tls12
  /// The newest version that is offered.
  package var maximumVersion = TLSVersion.tls13
  /// What the peer's chain must end in.
  package var trust: TLSTrust
  /// Our certificate: needed by a server, shown by a client that is asked for one.
  package var identity: TLSIdentity?
  /// What a server wants of its clients.
  package var clientCertificates = TLSClientCertificatePolicy.notRequested
  /// Path of the file that gets the secrets in the NSS key log format, for Wireshark; nil for none.
  package var keyLogFile: String?
  /// Cipher suites up to TLS 1.2, in OpenSSL's syntax; nil for OpenSSL's default.
  package var cipherList: String?
  /// OpenSSL's security level (0 to 5) that the certificates of the peer are judged by; 2 wants 112 bits: RSA 2048, no SHA-1.
  package var verificationLevel = 2

  /// A client that verifies against `trust`.
  package static func client(trust: TLSTrust = .system) -> TLSConfiguration {
    TLSConfiguration(role: .client, trust: trust)
  }

  /// A server that shows `identity`.
  package static func server(identity: TLSIdentity) -> TLSConfiguration {
    TLSConfiguration(role: .server, trust: .none, identity: identity)
  }
}
