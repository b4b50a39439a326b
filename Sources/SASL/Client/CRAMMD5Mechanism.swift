import SMTPWire

/// CRAM-MD5: a keyed digest of the server's challenge (RFC 2195).
struct CRAMMD5Mechanism: SASLClientMechanism {
  let name = "CRAM-MD5"
  private(set) var isComplete = false
  private(set) var problem: String?
  private let credentials: Credentials
  private let digests: SASLDigests

  /// Makes the mechanism for somebody's credentials.
  init(_ credentials: Credentials, _ digests: SASLDigests) {
    self.credentials = credentials
    self.digests = digests
  }

  mutating func initialResponse() -> [UInt8]? { nil }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    guard !isComplete else { return nil }
    guard !challenge.isEmpty else {
      problem = "the challenge of CRAM-MD5 is empty"
      return nil
    }
    isComplete = true
    let digest = digests.hmac(.md5, credentials.password.octets, challenge)
    return Array(credentials.user.utf8) + [0x20] + digest.flatMap(\.lowercaseHexadecimal)
  }
}

extension UInt8 {
  /// Two digits, as the mechanisms want them.
  var lowercaseHexadecimal: [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(self >> 4)], digits[Int(self & 15)]]
  }
}
