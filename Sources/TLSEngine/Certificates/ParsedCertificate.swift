import COpenSSL

/// A certificate with its key, parsed by OpenSSL for as long as this object lives.
final class ParsedCertificate {
  let certificate: OpaquePointer
  let key: OpaquePointer

  /// Parses PEM text; nil when it is broken or the two do not belong together.
  init?(_ issued: IssuedCertificate) {
    guard openSSLIsReady,
      let certificate = Self.read(issued.certificate, { PEM_read_bio_X509($0, nil, nil, nil) })
    else { return nil }
    guard let key = Self.read(issued.key, { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }) else {
      X509_free(certificate)
      return nil
    }
    (self.certificate, self.key) = (certificate, key)
    if X509_check_private_key(certificate, key) != 1 { return nil }
  }

  deinit {
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  /// What the certificate says.
  var content: TLSCertificate { TLSCertificate(x509: certificate) }

  /// Whether `issuer` signed it.
  func isSigned(by issuer: ParsedCertificate) -> Bool {
    defer { ERR_clear_error() }
    return X509_verify(certificate, issuer.key) == 1
  }

  private static func read(_ pem: [UInt8], _ parse: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
    guard let bio = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
    defer {
      BIO_free(bio)
      ERR_clear_error()
    }
    return parse(bio)
  }
}
