import SMTPWire

/// A JSON Web Token, taken apart but not verified (RFC 7519).
package struct JWTClaims: Hashable, Sendable {
  /// The members of the header, such as `alg`.
  package let header: [JSONValue.Member]
  /// The members of the body, such as `iss` and `exp`.
  package let claims: [JSONValue.Member]
  /// The signature in base64url.
  package let signature: [UInt8]

  /// The claims that are instants (RFC 7519 §4.1).
  static let times: Set<String> = ["exp", "nbf", "iat", "auth_time"]

  /// Reads a token: three parts in base64url with dots between, the first two of them JSON; nil for anything else.
  package init?(_ octets: [UInt8]) {
    let parts = octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    guard parts.count == 3, let header = Self.members(parts[0]), let claims = Self.members(parts[1]) else { return nil }
    self.header = header
    self.claims = claims
    signature = parts[2]
  }

  private static func members(_ part: [UInt8]) -> [JSONValue.Member]? {
    var text = part.map {
      $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
    }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    guard let octets = try? Base64.decode(text), case .object(let members) = JSONValue(octets) else { return nil }
    return members
  }

  /// The whole seconds of an instant; nil where it is none between the years 1970 and 9999.
  static func seconds(_ value: JSONValue) -> Int? {
    guard case .number(let text) = value else { return nil }
    let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: ".") })
    guard (1...12).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let seconds = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return seconds < 253_402_300_800 ? seconds : nil
  }

  /// Whether the token is still good at an instant; nil where it does not say or nobody knows the time.
  package func expiryNote(now: Int?) -> String? {
    guard let now else { return nil }
    if let begin = claims.first(where: { $0.name == "nbf" }).flatMap({ Self.seconds($0.value) }), begin > now {
      return "the token is not good yet (nbf), it begins in \(UTCTimeText.span(begin - now)): look at both clocks"
    }
    guard let end = claims.first(where: { $0.name == "exp" }).flatMap({ Self.seconds($0.value) }) else {
      return nil
    }
    let distance = UTCTimeText.span(end > now ? end - now : now - end)
    return end > now ? "the token is good for another \(distance)" : "the token expired \(distance) ago: get a new one"
  }
}
