import COpenSSL

/// A certificate, taken apart for reading. All text in it was chosen by its maker: escape it before showing it.
package struct TLSCertificate: Sendable, Hashable {
  /// The subject's distinguished name on one line, most general part first.
  package let subject: String
  /// The issuer's distinguished name on one line.
  package let issuer: String
  /// The subject's last common name.
  package let commonName: String?
  /// The issuer's last common name.
  package let issuerCommonName: String?
  /// The DNS names of the subjectAltName extension (RFC 5280 §4.2.1.6).
  package let dnsNames: [String]
  /// The IP addresses of that extension.
  package let ipAddresses: [String]
  /// First second of validity, in Unix time.
  package let notBefore: Int64
  /// Last second of validity, in Unix time.
  package let notAfter: Int64
  /// The kind of public key, as in `RSA`, `EC P-256` or `ED25519`.
  package let keyType: String
  /// The size of the public key in bits; 0 when the key cannot be read.
  package let keyBits: Int
  /// How the issuer signed, as in `sha256WithRSAEncryption`.
  package let signatureAlgorithm: String
  /// The serial number in upper-case hexadecimal.
  package let serial: String
  /// Whether it may issue certificates.
  package let isAuthority: Bool
  /// The certificate as encoded by its issuer (DER).
  package let encoded: [UInt8]

  /// The SHA-256 digest of the encoding.
  package var sha256: [UInt8] { Digest.sha256.hash(encoded) }

  /// The SHA-256 fingerprint as OpenSSL prints it, as in `AB:CD:…`.
  package var fingerprint: String { hexadecimal(sha256, separator: ":").uppercased() }

  /// The certificate as a PEM block with its newline.
  package var pem: String {
    var base64 = [UInt8](repeating: 0, count: (encoded.count + 2) / 3 * 4 + 1)
    let length = Int(EVP_EncodeBlock(&base64, encoded, Int32(clamping: encoded.count)))
    let lines = stride(from: 0, to: length, by: 64).map {
      String(decoding: base64[$0..<min($0 + 64, length)], as: UTF8.self)
    }
    return (["-----BEGIN CERTIFICATE-----"] + lines + ["-----END CERTIFICATE-----", ""]).joined(separator: "\n")
  }
}

extension TLSCertificate {
  /// Reads a certificate that OpenSSL has parsed.
  init(x509 certificate: OpaquePointer) {
    let names = X509AlternativeNames(certificate)
    subject = X509NameText.line(X509_get_subject_name(certificate))
    issuer = X509NameText.line(X509_get_issuer_name(certificate))
    commonName = X509NameText.commonName(X509_get_subject_name(certificate))
    issuerCommonName = X509NameText.commonName(X509_get_issuer_name(certificate))
    dnsNames = names.dnsNames
    ipAddresses = names.ipAddresses
    notBefore = unixSeconds(X509_get0_notBefore(certificate))
    notAfter = unixSeconds(X509_get0_notAfter(certificate))
    let key = X509PublicKey(certificate)
    keyType = key.type
    keyBits = key.bits
    signatureAlgorithm = OBJ_nid2ln(X509_get_signature_nid(certificate)).map { String(cString: $0) } ?? "unknown"
    serial = hexadecimal(asn1Bytes(X509_get0_serialNumber(certificate))).uppercased()
    isAuthority = X509_check_ca(certificate) > 0
    encoded = Self.encode(certificate)
  }

  private static func encode(_ certificate: OpaquePointer) -> [UInt8] {
    var buffer: UnsafeMutablePointer<UInt8>?
    let length = Int(i2d_X509(certificate, &buffer))
    defer { copenssl_free(buffer) }
    return length > 0 ? Array(UnsafeBufferPointer(start: buffer, count: length)) : []
  }
}

/// The kind and size of a certificate's public key.
struct X509PublicKey {
  let type: String
  let bits: Int

  /// Reads the key of `certificate`; an unknown algorithm gives its name and 0 bits.
  init(_ certificate: OpaquePointer) {
    guard let key = X509_get0_pubkey(certificate) else {
      ERR_clear_error()
      type = "unknown"
      bits = 0
      return
    }
    let name = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
    type = [name, Self.curve(key)].compactMap(\.self).joined(separator: " ")
    bits = Int(EVP_PKEY_get_bits(key))
  }

  private static func curve(_ key: OpaquePointer) -> String? {
    guard EVP_PKEY_get_base_id(key) == EVP_PKEY_EC else { return nil }
    var name = [CChar](repeating: 0, count: 64)
    var length = 0
    guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else { return nil }
    let text = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return ["prime256v1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"][text] ?? text
  }
}
