package import SASL
import SMTPWire
import TLSEngine

extension SASLDigests {
  /// OpenSSL's digests, with octets in place of chance.
  package static func test(random: [UInt8] = [1, 2, 3]) -> SASLDigests {
    @Sendable func digest(_ hash: SASLHash) -> Digest {
      switch hash {
      case .md5: .md5
      case .sha1: .sha1
      case .sha256: .sha256
      }
    }
    return SASLDigests(
      hash: { digest($0).hash($1) }, hmac: { digest($0).hmac(key: $1, $2) },
      pbkdf2: { digest($0).pbkdf2(password: $1, salt: $2, iterations: $3) }, random: { _ in random })
  }
}

extension SASLContext {
  /// A context whose nonces are of this base64.
  package static func test(nonce: String = "AQID") throws -> SASLContext {
    SASLContext(digests: .test(random: try Base64.decode(Array(nonce.utf8))))
  }
}

/// What octets are as text.
package func text(_ octets: [UInt8]?) -> String? { octets.map { String(decoding: $0, as: UTF8.self) } }

/// The octets of hexadecimal digits, blanks between them allowed.
package func hex(_ digits: String) -> [UInt8] {
  let values = digits.utf8.compactMap(\.hexadecimalValue)
  return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}
