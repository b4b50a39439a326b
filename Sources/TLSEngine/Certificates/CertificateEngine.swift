import COpenSSL

/// Makes keys and certificates with OpenSSL, for tests and for trying things out.
package struct CertificateEngine: Sendable {
  /// An engine; it keeps nothing.
  package init() {}

  /// A new certificate with a new key, signed by `issuer`, or by itself without one.
  package func issue(
    _ template: CertificateTemplate, issuer: IssuedCertificate? = nil
  ) throws(TestAuthorityFailure) -> IssuedCertificate {
    guard openSSLIsReady, let key = makeKey(template.key), let certificate = X509_new() else {
      throw failure("cannot make a key")
    }
    defer {
      EVP_PKEY_free(key)
      X509_free(certificate)
    }
    guard let alternatives = template.alternativeNames else {
      throw TestAuthorityFailure("not a host name or an address: \(template.names + template.addresses)")
    }
    try withIssuer(issuer, or: (certificate, key)) { issuerCertificate, issuerKey in
      fill(certificate, template, key) && setNames(certificate, template, issuerCertificate)
        && addExtensions(certificate, template, alternatives, issuerCertificate)
        && X509_sign(certificate, issuerKey, template.digest.method) > 0
    }
    return IssuedCertificate(certificate: pem(certificate: certificate), key: pem(key: key))
  }

  private func makeKey(_ kind: CertificateTemplate.Key) -> OpaquePointer? {
    switch kind {
    case .p256: copenssl_generate_ec("P-256")
    case .rsa(let bits): copenssl_generate_rsa(max(512, bits))
    }
  }

  private func withIssuer(
    _ issuer: IssuedCertificate?, or own: (OpaquePointer, OpaquePointer),
    _ body: (OpaquePointer, OpaquePointer) -> Bool
  ) throws(TestAuthorityFailure) {
    guard let issuer else {
      guard body(own.0, own.1) else { throw failure("cannot make a certificate") }
      return
    }
    guard let parsed = ParsedCertificate(issuer) else { throw failure("cannot read the issuer's certificate") }
    guard body(parsed.certificate, parsed.key) else { throw failure("cannot make a certificate") }
  }

  private func fill(_ certificate: OpaquePointer, _ template: CertificateTemplate, _ key: OpaquePointer) -> Bool {
    var serial = randomBytes(16)
    serial[0] = serial[0] & 0x7F | 0x40
    let number = BN_bin2bn(serial, Int32(serial.count), nil)
    defer { BN_free(number) }
    return X509_set_version(certificate, 2) == 1
      && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
      && ASN1_TIME_adj(
        X509_getm_notBefore(certificate), 0, Int32(clamping: template.notBefore / 86_400),
        Int(template.notBefore % 86_400)) != nil
      && ASN1_TIME_adj(
        X509_getm_notAfter(certificate), 0, Int32(clamping: template.notAfter / 86_400),
        Int(template.notAfter % 86_400)) != nil
      && X509_set_pubkey(certificate, key) == 1
  }

  private func setNames(
    _ certificate: OpaquePointer, _ template: CertificateTemplate, _ issuer: OpaquePointer
  ) -> Bool {
    let subject = X509_get_subject_name(certificate)
    let commonName = Array(template.commonName.utf8)
    return add(NID_organizationName, Array("Parley test".utf8), to: subject)
      && add(NID_commonName, commonName, to: subject)
      && X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1
  }

  private func add(_ kind: Int32, _ text: [UInt8], to name: OpaquePointer?) -> Bool {
    X509_NAME_add_entry_by_NID(name, kind, MBSTRING_UTF8, text, Int32(clamping: text.count), -1, 0) == 1
  }

  private func addExtensions(
    _ certificate: OpaquePointer, _ template: CertificateTemplate, _ alternatives: String, _ issuer: OpaquePointer
  ) -> Bool {
    var context = X509V3_CTX()
    copenssl_extension_context(&context, issuer, certificate)
    let usage = template.isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,keyEncipherment"
    var extensions: [(Int32, String)] = [
      (NID_basic_constraints, template.isAuthority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE"),
      (NID_key_usage, usage), (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid"),
    ]
    if !template.isAuthority { extensions.append((NID_ext_key_usage, "serverAuth,clientAuth")) }
    if !alternatives.isEmpty { extensions.append((NID_subject_alt_name, alternatives)) }
    return extensions.allSatisfy { kind, value in
      guard let made = X509V3_EXT_nconf_nid(nil, &context, kind, value) else { return false }
      defer { X509_EXTENSION_free(made) }
      return X509_add_ext(certificate, made, -1) == 1
    }
  }

  private func pem(certificate: OpaquePointer) -> [UInt8] {
    pem { PEM_write_bio_X509($0, certificate) == 1 }
  }

  private func pem(key: OpaquePointer) -> [UInt8] {
    pem { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) == 1 }
  }

  private func pem(_ write: (OpaquePointer) -> Bool) -> [UInt8] {
    guard let bio = copenssl_bio_new_memory() else { return [] }
    defer { BIO_free(bio) }
    return write(bio) ? bioContent(bio) : []
  }

  private func failure(_ words: String) -> TestAuthorityFailure {
    TestAuthorityFailure("\(words): \(OpenSSLError.takeWords())")
  }
}
