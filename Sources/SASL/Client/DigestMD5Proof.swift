/// The digests of DIGEST-MD5 (RFC 2831 §2.1.2.1), for quality of protection `auth`.
struct DigestMD5Proof {
  var user: [UInt8]
  var realm: [UInt8]
  var password: [UInt8]
  var nonce: [UInt8]
  var clientNonce: [UInt8]
  var count: [UInt8] = Array("00000001".utf8)
  var uri: [UInt8]
  var authorization: [UInt8] = []

  /// The client's response.
  func response(_ digests: SASLDigests) -> [UInt8] { value("AUTHENTICATE:", digests) }

  /// The server's own proof, which it sends as `rspauth`.
  func serverResponse(_ digests: SASLDigests) -> [UInt8] { value(":", digests) }

  private func value(_ method: StaticString, _ digests: SASLDigests) -> [UInt8] {
    func hex(_ octets: [UInt8]) -> [UInt8] { digests.hash(.md5, octets).flatMap(\.lowercaseHexadecimal) }
    var start = digests.hash(.md5, Self.joined([user, realm, password].map { Self.latin($0) ?? $0 }))
    start += [UInt8(ascii: ":")] + Self.joined([nonce, clientNonce])
    if !authorization.isEmpty { start += [UInt8(ascii: ":")] + authorization }
    let second = hex(method.withUTF8Buffer { Array($0) } + uri)
    return hex(Self.joined([hex(start), nonce, count, clientNonce, Array("auth".utf8), second]))
  }

  private static func joined(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined(separator: [UInt8(ascii: ":")])) }

  /// A text of UTF-8 in ISO 8859-1; nil where it cannot be written in it.
  ///
  /// RFC 2831 §2.1.2.1: what can be written so is hashed so, also where it goes over the wire in UTF-8.
  static func latin(_ text: [UInt8]) -> [UInt8]? {
    guard let string = String(validating: text, as: UTF8.self) else { return nil }
    let octets = string.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    return octets.count == string.unicodeScalars.count ? octets : nil
  }
}
