import COpenSSL

/// Channel-binding data of an established session (RFC 5929, RFC 9266).
struct TLSChannelBindingReader {
  let ssl: OpaquePointer

  /// The data, or nil where the kind does not apply.
  func read(_ binding: TLSChannelBinding) -> [UInt8]? {
    switch binding {
    case .exporter: exporter
    case .serverEndPoint: serverEndPoint
    case .unique: unique
    }
  }

  /// RFC 9266 §4.2: only where the exporter is bound to the whole handshake.
  private var exporter: [UInt8]? {
    guard SSL_version(ssl) >= TLS1_3_VERSION || copenssl_ssl_has_extended_master_secret(ssl) == 1 else { return nil }
    let label = "EXPORTER-Channel-Binding"
    var output = [UInt8](repeating: 0, count: 32)
    let done = SSL_export_keying_material(ssl, &output, output.count, label, label.utf8.count, [], 0, 1)
    return done == 1 ? output : nil
  }

  /// RFC 5929 §4.1: the digest of the certificate's signature, but SHA-256 in place of MD5 and SHA-1.
  private var serverEndPoint: [UInt8]? {
    let isServer = SSL_is_server(ssl) == 1
    guard let certificate = isServer ? SSL_get_certificate(ssl) : SSL_get0_peer_certificate(ssl) else { return nil }
    var digestName: Int32 = 0
    guard X509_get_signature_info(certificate, &digestName, nil, nil, nil) == 1 else { return nil }
    let digest: Digest =
      switch digestName {
      case NID_sha384: .sha384
      case NID_sha512: .sha512
      default: .sha256
      }
    return digest.hash(TLSCertificate(x509: certificate).encoded)
  }

  /// The first Finished message is the client's, unless the session was resumed.
  private var unique: [UInt8]? {
    guard SSL_version(ssl) < TLS1_3_VERSION else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    let isOurs = (SSL_is_server(ssl) == 1) == (copenssl_ssl_is_resumed(ssl) == 1)
    let count =
      isOurs ? SSL_get_finished(ssl, &bytes, bytes.count) : SSL_get_peer_finished(ssl, &bytes, bytes.count)
    return count > 0 && count <= bytes.count ? Array(bytes.prefix(count)) : nil
  }
}
