package import SASL
import TLSEngine

extension SASLDigests {
  /// The digests and the randomness of OpenSSL.
  package static let openSSL = SASLDigests(
    hash: { $0.digest.hash($1) },
    hmac: { $0.digest.hmac(key: $1, $2) },
    pbkdf2: { $0.digest.pbkdf2(password: $1, salt: $2, iterations: $3) },
    random: { randomBytes($0) })
}

extension SASLHash {
  fileprivate var digest: Digest {
    switch self {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    }
  }
}
