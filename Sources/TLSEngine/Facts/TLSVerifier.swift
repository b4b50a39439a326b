import COpenSSL

/// Judges the chain of an established session, and goes on after each thing that is wrong.
struct TLSVerifier {
  let ssl: OpaquePointer
  let peer: TLSPeer?
  /// OpenSSL's security level for keys and signatures in the chain.
  let level: Int

  /// The verdict.
  func verify() -> TLSVerification {
    let chain = TLSChainReader(ssl: ssl).certificates
    guard let own = chain.first else { return .absent }
    let chainFailures = X509ChainFindings(findings(for: own)).failures
    let failures = (chainFailures + nameFailure(of: own)).sorted { $0.rank < $1.rank }
    return failures.isEmpty ? .verified(name: peer?.name) : .failed(failures)
  }

  private func findings(for certificate: OpaquePointer) -> [X509ChainFinding] {
    let store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl))
    guard let context = X509_STORE_CTX_new() else { return [.outOfMemory] }
    defer { X509_STORE_CTX_free(context) }
    guard X509_STORE_CTX_init(context, store, certificate, SSL_get_peer_cert_chain(ssl)) == 1 else {
      return [.outOfMemory]
    }
    prepare(context)
    let log = X509ChainLog()
    let isGood = withExtendedLifetime(log) {
      copenssl_store_ctx_set_app_data(context, Unmanaged.passUnretained(log).toOpaque())
      X509_STORE_CTX_set_verify_cb(context, noteChainFinding)
      return X509_verify_cert(context) == 1
    }
    ERR_clear_error()
    if !isGood, log.findings.isEmpty { return [X509ChainFinding(context)] }
    return log.findings
  }

  private func prepare(_ context: OpaquePointer) {
    // The purpose is that of the certificate shown: a client looks at a server's.
    _ = X509_STORE_CTX_set_default(context, SSL_is_server(ssl) == 1 ? "ssl_client" : "ssl_server")
    let parameters = X509_STORE_CTX_get0_param(context)
    X509_VERIFY_PARAM_set_auth_level(parameters, Int32(clamping: level))
    // A trusted file may hold an intermediate or the server's certificate itself.
    _ = X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
  }

  private func nameFailure(of certificate: OpaquePointer) -> [TLSVerificationFailure] {
    guard let peer, !matches(certificate, peer) else { return [] }
    let names = X509AlternativeNames(certificate)
    let presented = names.dnsNames + names.ipAddresses
    let words: String
    if presented.isEmpty {
      words = "the certificate names no host in its subjectAltName, so it is not for \(peer.name)"
    } else if names.dnsNames.contains(peer.name), IPAddressBytes(peer.name) != nil {
      words = "the certificate has the address \(peer.name) as a DNS name, which counts for no address (RFC 9525)"
    } else {
      words = "the certificate is for \(presented.joined(separator: ", ")), not for \(peer.name)"
    }
    return [
      TLSVerificationFailure(kind: .hostname, depth: 0, expected: [peer.name], presented: presented, words: words)
    ]
  }

  /// RFC 9525: the common name does not count, and a wildcard stands for one whole label.
  private func matches(_ certificate: OpaquePointer, _ peer: TLSPeer) -> Bool {
    if let address = IPAddressBytes(peer.name) {
      return X509_check_ip(certificate, address.bytes, address.bytes.count, 0) == 1
    }
    let flags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)
    return X509_check_host(certificate, peer.name, peer.name.utf8.count, flags, nil) == 1
  }
}

extension TLSVerificationFailure {
  /// The place of the kind in the order of telling.
  fileprivate var rank: Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}
