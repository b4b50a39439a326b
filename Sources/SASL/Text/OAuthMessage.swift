import SMTPWire

/// The one message of XOAUTH2 or OAUTHBEARER, taken apart (RFC 7628 §3.1).
struct OAuthMessage: Hashable, Sendable {
  /// A key and its value, as between the octets 0x01.
  struct Pair: Hashable, Sendable {
    let key: String
    let value: [UInt8]
  }

  let kind: OAuthMechanism.Kind
  /// Who the token is said to belong to; empty where nothing is said.
  let user: String
  /// The bearer token.
  let token: Secret
  /// What else is told, such as host and port.
  let pairs: [Pair]

  /// Reads a message; nil when it is none, or has no bearer token.
  init?(_ octets: [UInt8]) {
    let parts = octets.split(separator: 1, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count >= 3, let first = parts.first else { return nil }
    var pairs: [Pair] = []
    for part in parts.dropFirst() where !part.isEmpty {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let key = String(decoding: part[..<equals], as: UTF8.self).lowercased()
      pairs.append(Pair(key: key, value: Array(part[(equals + 1)...])))
    }
    let bearer = Array("Bearer ".utf8)
    guard let value = pairs.first(where: { $0.key == "auth" })?.value, value.count > bearer.count,
      value.prefix(bearer.count).equalsIgnoringCase("Bearer ")
    else { return nil }
    token = Secret(name: "token", octets: Array(value.dropFirst(bearer.count)))
    self.pairs = pairs.filter { $0.key != "auth" }
    if first.starts(with: "user=".utf8) {
      kind = .xoauth2
      user = String(decoding: first.dropFirst(5), as: UTF8.self)
      return
    }
    let header = first.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Array.init)
    guard header.count == 3, header[1].isEmpty || header[1].starts(with: "a=".utf8),
      let name = ScramText.unescaped(Array(header[1].dropFirst(2)))
    else { return nil }
    kind = .oauthBearer
    user = String(decoding: name, as: UTF8.self)
  }
}
