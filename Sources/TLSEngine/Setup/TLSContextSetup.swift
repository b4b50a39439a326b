import COpenSSL

/// Puts a configuration into a fresh `SSL_CTX`.
struct TLSContextSetup {
  let context: OpaquePointer
  let configuration: TLSConfiguration

  /// Sets everything, or fails at the first thing that cannot be had.
  func apply() throws(TLSConfigurationFailure) {
    ERR_clear_error()
    try setVersions()
    try setAlgorithms()
    setOptions()
    try TLSTrustStoreSetup(store: SSL_CTX_get_cert_store(context)).apply(configuration.trust)
    try setIdentity()
    setVerification()
  }

  /// A client also offers the old versions that it does not accept: a server that speaks nothing newer then says which
  /// version it speaks, and ``TLSEngine`` stops right there, before OpenSSL sees the answer.
  private func setVersions() throws(TLSConfigurationFailure) {
    guard configuration.minimumVersion <= configuration.maximumVersion else {
      let range = "\(configuration.minimumVersion.words) to \(configuration.maximumVersion.words)"
      throw TLSConfigurationFailure(kind: .versions, words: "the range of versions from \(range) is empty")
    }
    let offered = configuration.role == .client ? .tls10 : configuration.minimumVersion
    _ = copenssl_ctx_set_min_version(context, Int32(offered.rawValue))
    _ = copenssl_ctx_set_max_version(context, Int32(configuration.maximumVersion.rawValue))
  }

  /// OpenSSL's own security level stays out of the way, because it would end a handshake before the chain can be shown.
  /// Certificates are judged afterwards, and weak signatures of the handshake itself are excluded by the list here.
  private func setAlgorithms() throws(TLSConfigurationFailure) {
    SSL_CTX_set_security_level(context, 0)
    _ = copenssl_ctx_set_groups(context, "X25519:P-256:P-384:P-521:X448")
    let old = configuration.minimumVersion < .tls12 ? ":ECDSA+SHA1:RSA+SHA1" : ""
    _ = copenssl_ctx_set_signature_algorithms(context, Self.signatureAlgorithms + old)
    guard let list = configuration.cipherList else { return }
    guard !list.utf8.contains(0), SSL_CTX_set_cipher_list(context, list) == 1 else {
      throw TLSConfigurationFailure(kind: .ciphers, words: "no cipher suite matches \(list)")
    }
  }

  private static let signatureAlgorithms =
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448"
    + ":RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512"

  /// No renegotiation, and no resumption: each session shows its whole handshake.
  private func setOptions() {
    let preference = configuration.role == .server ? copenssl_op_cipher_server_preference() : 0
    SSL_CTX_set_options(context, copenssl_op_no_renegotiation() | copenssl_op_no_ticket() | preference)
    _ = SSL_CTX_set_num_tickets(context, 0)
    _ = copenssl_ctx_disable_session_cache(context)
    _ = copenssl_ctx_release_buffers(context)
    // Without this, OpenSSL asks for the pass phrase of an encrypted key on the terminal.
    SSL_CTX_set_default_passwd_cb(context) { _, _, _, _ in -1 }
  }

  private func setIdentity() throws(TLSConfigurationFailure) {
    guard let identity = configuration.identity else {
      if configuration.role == .client { return }
      throw TLSConfigurationFailure(kind: .identity, words: "a TLS server needs a certificate")
    }
    guard SSL_CTX_use_certificate_chain_file(context, identity.certificateFile) == 1 else {
      throw failure("cannot use the certificate \(identity.certificateFile)")
    }
    guard SSL_CTX_use_PrivateKey_file(context, identity.keyFile, SSL_FILETYPE_PEM) == 1 else {
      throw failure("cannot use the private key \(identity.keyFile)")
    }
  }

  private func failure(_ words: String) -> TLSConfigurationFailure {
    TLSConfigurationFailure(kind: .identity, words: "\(words): \(OpenSSLError.takeWords())")
  }

  /// The handshake accepts every chain; ``TLSVerifier`` judges it when it can be shown.
  private func setVerification() {
    let mode: Int32 =
      switch (configuration.role, configuration.clientCertificates) {
      case (.client, _), (.server, .notRequested): SSL_VERIFY_NONE
      case (.server, .requested): SSL_VERIFY_PEER
      case (.server, .required): SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
      }
    SSL_CTX_set_verify(context, mode, nil)
    SSL_CTX_set_cert_verify_callback(context, { _, _ in 1 }, nil)
  }
}
