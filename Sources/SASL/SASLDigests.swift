/// A digest that SASL mechanisms are built on.
package enum SASLHash: Hashable, Sendable, CaseIterable {
  case md5, sha1, sha256

  /// The digest's length in octets.
  package var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }
}

/// The digests and the randomness that mechanisms need and that a pure target does not have.
package struct SASLDigests: Sendable {
  /// The digest of octets.
  package let hash: @Sendable (SASLHash, [UInt8]) -> [UInt8]
  /// The keyed digest of RFC 2104: the digest, the key, the octets.
  package let hmac: @Sendable (SASLHash, [UInt8], [UInt8]) -> [UInt8]
  /// PBKDF2 of RFC 8018, one digest long: the digest, the password, the salt, the iterations.
  package let pbkdf2: @Sendable (SASLHash, [UInt8], [UInt8], Int) -> [UInt8]
  /// So many octets that nobody can guess.
  package let random: @Sendable (Int) -> [UInt8]

  /// Makes the set of the effect side's functions.
  package init(
    hash: @escaping @Sendable (SASLHash, [UInt8]) -> [UInt8],
    hmac: @escaping @Sendable (SASLHash, [UInt8], [UInt8]) -> [UInt8],
    pbkdf2: @escaping @Sendable (SASLHash, [UInt8], [UInt8], Int) -> [UInt8],
    random: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.hash = hash
    self.hmac = hmac
    self.pbkdf2 = pbkdf2
    self.random = random
  }

  /// The same digests with octets of one's own in the place of chance.
  package func with(random: @escaping @Sendable (Int) -> [UInt8]) -> SASLDigests {
    SASLDigests(hash: hash, hmac: hmac, pbkdf2: pbkdf2, random: random)
  }
}

/// What ties a login to the TLS connection it goes over (RFC 5929, RFC 9266).
package struct SASLChannelBindings: Hashable, Sendable {
  /// The data of tls-exporter; nil where there is none.
  package var exporter: [UInt8]?
  /// The data of tls-server-end-point; nil where there is none.
  package var serverEndPoint: [UInt8]?

  /// No TLS, or none that binds.
  package static let none = SASLChannelBindings()

  /// Makes the bindings of a connection.
  package init(exporter: [UInt8]? = nil, serverEndPoint: [UInt8]? = nil) {
    self.exporter = exporter
    self.serverEndPoint = serverEndPoint
  }

  /// Whether there is nothing to bind to.
  package var isEmpty: Bool { exporter == nil && serverEndPoint == nil }

  /// The data of a binding by its registered name.
  package func data(_ name: String) -> [UInt8]? {
    switch name {
    case "tls-exporter": exporter
    case "tls-server-end-point": serverEndPoint
    default: nil
    }
  }

  /// The binding to use: tls-exporter where it is to be had (RFC 9266 §3).
  var preferred: (name: String, data: [UInt8])? {
    exporter.map { ("tls-exporter", $0) } ?? serverEndPoint.map { ("tls-server-end-point", $0) }
  }
}
