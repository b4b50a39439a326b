/// What a certificate that we make shall say.
package struct CertificateTemplate: Sendable, Hashable {
  /// The kinds of key that we make.
  package enum Key: Sendable, Hashable {
    /// ECDSA on P-256: quick to make and accepted everywhere.
    case p256
    /// RSA with so many bits.
    case rsa(bits: Int)
  }

  /// The subject's common name, at most 64 characters.
  package var commonName: String
  /// DNS names for the subjectAltName; A-labels, a wildcard may lead.
  package var names: [String] = []
  /// IP address literals for the subjectAltName.
  package var addresses: [String] = []
  /// First second of validity, in Unix time.
  package var notBefore: Int64
  /// Last second of validity, in Unix time.
  package var notAfter: Int64
  /// The kind of key.
  package var key = Key.p256
  /// The digest of the issuer's signature.
  package var digest = Digest.sha256
  /// Whether it may issue certificates.
  package var isAuthority = false

  /// A certificate for a subject, valid within these bounds.
  package init(commonName: String, notBefore: Int64, notAfter: Int64) {
    self.commonName = commonName
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// The value of the subjectAltName in OpenSSL's syntax, which separates by commas: names with other characters than
  /// those of host names are no names. Nil when a name or an address is not one.
  var alternativeNames: String? {
    guard names.allSatisfy(Self.isName), addresses.allSatisfy({ IPAddressBytes($0) != nil }) else { return nil }
    return (names.map { "DNS:\($0)" } + addresses.map { "IP:\($0)" }).joined(separator: ",")
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return byte < 0x80 && (character.isLetter || character.isNumber || "-._*".contains(character))
      }
  }
}

/// A certificate that we made, with its private key.
package struct IssuedCertificate: Sendable, Hashable {
  /// The certificate, PEM.
  package let certificate: [UInt8]
  /// Its private key, PEM, not encrypted.
  package let key: [UInt8]
}
