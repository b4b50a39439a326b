import SMTPWire

/// What SCRAM computes of a password (RFC 5802 §3).
struct ScramKeys {
  let clientKey: [UInt8]
  let storedKey: [UInt8]
  let serverKey: [UInt8]

  /// Computes the keys of a prepared password.
  init(_ hash: SASLHash, password: [UInt8], salt: [UInt8], iterations: Int, _ digests: SASLDigests) {
    let salted = digests.pbkdf2(hash, password, salt, iterations)
    clientKey = digests.hmac(hash, salted, Array("Client Key".utf8))
    storedKey = digests.hash(hash, clientKey)
    serverKey = digests.hmac(hash, salted, Array("Server Key".utf8))
  }

  /// Each octet of one against that of the other, as far as both go.
  static func combined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    zip(first, second).map { $0 ^ $1 }
  }

  /// Whether two values are the same; the time tells nothing of where they differ.
  static func isSame(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    first.count == second.count && combined(first, second).reduce(0, |) == 0
  }
}

/// What a server stores of a user instead of the password (RFC 5802 §3).
package struct SCRAMVerifier: Hashable, Sendable {
  /// The hash that the keys were derived with.
  package let hash: SASLHash
  /// The salt, as the server sends it.
  package let salt: [UInt8]
  /// How many rounds the password went through; at least one.
  package let iterations: Int
  /// What proves the client (RFC 5802 §3).
  package let storedKey: [UInt8]
  /// What proves the server (RFC 5802 §3).
  package let serverKey: [UInt8]

  /// Computes the verifier of a password; nil when SASLprep refuses it.
  package init?(_ hash: SASLHash, password: String, salt: [UInt8], iterations: Int = 4096, digests: SASLDigests) {
    guard let prepared = try? SASLPrep.prepare(password), !prepared.isEmpty else { return nil }
    let keys = ScramKeys(hash, password: prepared, salt: salt, iterations: max(1, iterations), digests)
    self.init(hash, salt: salt, iterations: max(1, iterations), storedKey: keys.storedKey, serverKey: keys.serverKey)
  }

  /// Puts a verifier together of its parts.
  package init(_ hash: SASLHash, salt: [UInt8], iterations: Int, storedKey: [UInt8], serverKey: [UInt8]) {
    self.hash = hash
    self.salt = salt
    self.iterations = iterations
    self.storedKey = storedKey
    self.serverKey = serverKey
  }

  /// Reads `SCRAM-SHA-256$4096:SALT$STOREDKEY:SERVERKEY`, its binary parts in base64; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 3, let hash = ScramMechanism.hash(of: String(parts[0])) else { return nil }
    let fields = (parts[1].split(separator: ":") + parts[2].split(separator: ":")).map { Array($0.utf8) }
    guard fields.count == 4, let iterations = ScramText.number(fields[0]), iterations > 0,
      let salt = try? Base64.decode(fields[1]), let stored = try? Base64.decode(fields[2]),
      let server = try? Base64.decode(fields[3]), stored.count == hash.length, server.count == hash.length
    else { return nil }
    self.init(hash, salt: salt, iterations: iterations, storedKey: stored, serverKey: server)
  }

  /// The form that `init(_:)` reads.
  package var text: String {
    func base64(_ octets: [UInt8]) -> String { String(decoding: Base64.encode(octets), as: UTF8.self) }
    let name = hash == .sha1 ? "SCRAM-SHA-1" : "SCRAM-SHA-256"
    return "\(name)$\(iterations):\(base64(salt))$\(base64(storedKey)):\(base64(serverKey))"
  }
}
