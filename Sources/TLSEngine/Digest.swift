import COpenSSL

/// A message digest, as SASL mechanisms and fingerprints need it.
package enum Digest: Sendable, CaseIterable {
  /// MD5, RFC 1321: broken for signatures, still in CRAM-MD5 and DIGEST-MD5.
  case md5
  /// SHA-1: broken for signatures, still in SCRAM-SHA-1.
  case sha1
  /// SHA-256.
  case sha256
  /// SHA-384.
  case sha384
  /// SHA-512.
  case sha512

  /// The digest of `bytes`.
  package func hash(_ bytes: [UInt8]) -> [UInt8] {
    output { EVP_Digest(bytes, bytes.count, $0, &$1, method, nil) == 1 }
  }

  /// The keyed digest of RFC 2104.
  package func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    output { HMAC(method, key, Int32(clamping: key.count), bytes, bytes.count, $0, &$1) != nil }
  }

  /// PBKDF2 of RFC 8018 with the keyed digest, one digest long: SCRAM's `Hi` (RFC 5802 §2.2). At least one iteration.
  package func pbkdf2(password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
    let length = EVP_MD_get_size(method)
    let rounds = Int32(clamping: max(1, iterations))
    let characters = password.map { CChar(bitPattern: $0) }
    return output { buffer, count in
      count = UInt32(length)
      return PKCS5_PBKDF2_HMAC(
        characters, Int32(clamping: characters.count), salt, Int32(clamping: salt.count), rounds, method, length, buffer
      )
        == 1
    }
  }

  var method: OpaquePointer? {
    switch self {
    case .md5: EVP_md5()
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    case .sha384: EVP_sha384()
    case .sha512: EVP_sha512()
    }
  }

  /// Runs an OpenSSL function that fills a buffer. It fails only where policy forbids the digest; then there is no output.
  private func output(_ fill: (UnsafeMutablePointer<UInt8>, inout UInt32) -> Bool) -> [UInt8] {
    guard openSSLIsReady else { return [] }
    return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var length: UInt32 = 0
      if let start = buffer.baseAddress, fill(start, &length) { count = Int(length) }
    }
  }
}

/// So many unpredictable bytes from the system's generator.
package func randomBytes(_ count: Int) -> [UInt8] {
  var generator = SystemRandomNumberGenerator()
  return (0..<max(0, count)).map { _ in UInt8.random(in: 0...255, using: &generator) }
}
