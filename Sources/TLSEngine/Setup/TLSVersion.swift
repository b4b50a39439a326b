/// A protocol version of TLS, ordered from old to new.
///
/// TLS 1.0 and 1.1 are deprecated (RFC 8996); a troubleshooter speaks them when its user asks.
package enum TLSVersion: UInt16, Sendable, Comparable, CaseIterable {
  /// TLS 1.0, RFC 2246.
  case tls10 = 0x0301
  /// TLS 1.1, RFC 4346.
  case tls11 = 0x0302
  /// TLS 1.2, RFC 5246.
  case tls12 = 0x0303
  /// TLS 1.3, RFC 8446.
  case tls13 = 0x0304

  /// The name as OpenSSL and Postfix write it, as in `TLSv1.3`; TLS 1.0 is `TLSv1`.
  package var name: String {
    switch self {
    case .tls10: "TLSv1"
    case .tls11: "TLSv1.1"
    case .tls12: "TLSv1.2"
    case .tls13: "TLSv1.3"
    }
  }

  /// The name as people say it, as in `TLS 1.3`.
  package var words: String {
    switch self {
    case .tls10: "TLS 1.0"
    case .tls11: "TLS 1.1"
    case .tls12: "TLS 1.2"
    case .tls13: "TLS 1.3"
    }
  }

  /// The version with a name such as `TLSv1.3`, `tls1.3` or `1.3`; nil when there is none.
  package init?(name: String) {
    var digits = Substring(name.lowercased())
    if digits.hasPrefix("tls") { digits = digits.dropFirst(3) }
    while let first = digits.first, first == "v" || first == " " { digits = digits.dropFirst() }
    switch digits {
    case "1", "1.0": self = .tls10
    case "1.1": self = .tls11
    case "1.2": self = .tls12
    case "1.3": self = .tls13
    default: return nil
    }
  }

  /// Whether `older` is the older of the two.
  package static func < (older: TLSVersion, newer: TLSVersion) -> Bool { older.rawValue < newer.rawValue }
}
