import COpenSSL

/// What a finished handshake agreed on and showed.
package struct TLSFacts: Sendable, Hashable {
  /// The protocol version.
  package let version: TLSVersion
  /// The cipher suite, as OpenSSL names it.
  package let cipher: String
  /// The strength of the cipher in bits.
  package let cipherBits: Int
  /// The group of the key exchange, as in `X25519` or `P-256`; nil for plain RSA key exchange.
  package let group: String?
  /// The algorithm by which the server signed the handshake, as in `ECDSA+SHA256`; nil when it signed nothing.
  package let signatureAlgorithm: String?
  /// The peer's certificates as it sent them, its own first.
  package let chain: [TLSCertificate]
  /// The server name that the client indicated.
  package let serverName: String?
  /// Whether the server asked the client for a certificate.
  package let certificateRequested: Bool
  /// Whether an earlier session was resumed.
  package let resumed: Bool
}

/// Reads ``TLSFacts`` off an established session.
struct TLSFactsReader {
  let ssl: OpaquePointer

  func read(certificateRequested: Bool) -> TLSFacts {
    let cipher = SSL_get_current_cipher(ssl)
    return TLSFacts(
      version: version,
      cipher: SSL_CIPHER_get_name(cipher).map { String(cString: $0) } ?? "unknown",
      cipherBits: Int(SSL_CIPHER_get_bits(cipher, nil)),
      group: group,
      signatureAlgorithm: signatureAlgorithm,
      chain: TLSChainReader(ssl: ssl).certificates.map(TLSCertificate.init(x509:)),
      serverName: SSL_get_servername(ssl, 0).map { String(cString: $0) },
      certificateRequested: certificateRequested,
      resumed: copenssl_ssl_is_resumed(ssl) == 1)
  }

  private var version: TLSVersion { TLSVersion(rawValue: UInt16(clamping: SSL_version(ssl))) ?? .tls10 }

  private var group: String? {
    let identifier = copenssl_ssl_negotiated_group(ssl)
    guard identifier != 0, let name = SSL_group_to_name(ssl, identifier) else { return nil }
    let text = String(cString: name)
    return Self.groupNames[text] ?? text
  }

  private static let groupNames = [
    "x25519": "X25519", "x448": "X448", "secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521",
  ]

  /// The server's signature is the peer's when we are the client.
  private var signatureAlgorithm: String? {
    let isServer = SSL_is_server(ssl) == 1
    var type: Int32 = 0
    var digest: Int32 = 0
    let hasType = isServer ? SSL_get_signature_type_nid(ssl, &type) : SSL_get_peer_signature_type_nid(ssl, &type)
    guard hasType == 1 else { return nil }
    let hasDigest =
      isServer ? copenssl_ssl_signature_digest(ssl, &digest) : copenssl_ssl_peer_signature_digest(ssl, &digest)
    guard hasDigest == 1, digest != 0, let name = OBJ_nid2sn(digest) else { return Self.signatureName(type) }
    return Self.signatureName(type) + "+" + String(cString: name)
  }

  private static func signatureName(_ type: Int32) -> String {
    switch type {
    case EVP_PKEY_RSA: "RSA"
    case EVP_PKEY_RSA_PSS: "RSA-PSS"
    case EVP_PKEY_EC: "ECDSA"
    default: OBJ_nid2sn(type).map { String(cString: $0) } ?? "unknown"
    }
  }
}

/// The peer's certificates in an established session, its own first. The pointers live as long as the session.
struct TLSChainReader {
  let ssl: OpaquePointer

  var certificates: [OpaquePointer] {
    guard let own = SSL_get0_peer_certificate(ssl) else { return [] }
    let chain = SSL_get_peer_cert_chain(ssl)
    let sent = (0..<max(0, copenssl_chain_count(chain))).compactMap { copenssl_chain_at(chain, $0) }
    // On a server OpenSSL leaves the client's own certificate out of the chain.
    return SSL_is_server(ssl) == 1 ? [own] + sent : sent
  }
}
