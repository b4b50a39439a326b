import SMTPWire

extension SASLStringDecoder {
  /// The fields of a message of NTLM.
  mutating func add(_ message: NTLMMessage) {
    kind = "NTLM \(message.kind) (type \(message.kind.rawValue))"
    if message.kind == .authenticate { fields.append(Field("user", message.user)) }
    fields.append(Field(message.kind == .challenge ? "target" : "domain", message.domain))
    if message.kind != .challenge { fields.append(Field("workstation", message.workstation)) }
    if let version = message.version { fields.append(Field("version", version)) }
    if message.kind == .challenge { fields.append(Field("challenge", Self.hexadecimal(message.serverChallenge))) }
    for pair in message.pairs { fields.append(Field(pair.name, Self.text(of: pair))) }
    if message.kind == .authenticate {
      fields.append(Field("lm", Array(Self.hexadecimal(message.lmResponse).utf8), isSecret: true))
      fields.append(Field("ntlm", Array(Self.hexadecimal(message.ntResponse).utf8), isSecret: true))
      if message.ntResponse.count == 24 {
        notes.append("the response is of NTLM version 1, which can be broken in hours")
      }
    }
    fields.append(Field("flags", message.flagNames.joined(separator: " ")))
  }

  private static func text(of pair: NTLMMessage.Pair) -> String {
    if let text = pair.text { return text }
    guard pair.identifier == 7, pair.value.count == 8 else { return hexadecimal(pair.value) }
    let ticks = pair.value.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // Tenths of microseconds since 1601.
    return UTCTimeText.text(Int(ticks / 10_000_000) - 11_644_473_600)
  }

  static func hexadecimal(_ octets: [UInt8]) -> String {
    String(decoding: octets.flatMap(\.lowercaseHexadecimal), as: UTF8.self)
  }

  /// The fields of a message with a bearer token, and the token's claims where it is a JWT.
  mutating func add(_ message: OAuthMessage) {
    kind = message.kind.rawValue
    fields = [Field("user", message.user)]
    fields += message.pairs.map { Field($0.key, $0.value) }
    fields.append(Field("token", message.token.octets, isSecret: true))
    if message.token.octets.isEmpty { notes.append("the token is empty") }
    if let claims = JWTClaims(message.token.octets) { add(claims, prefix: "token.") }
  }

  /// The fields of an OAuth refusal.
  mutating func add(_ refusal: OAuthRefusal) {
    kind = "OAuth error"
    for (name, value) in [
      ("status", refusal.status), ("scope", refusal.scope), ("configuration", refusal.configuration),
    ] {
      if let value { fields.append(Field(name, value)) }
    }
    notes.append(refusal.sentence)
  }

  /// The header and the claims of a token; its signature proves who has it and is a secret.
  mutating func add(_ claims: JWTClaims, prefix: String) {
    for member in claims.header + claims.claims {
      var text = member.value.line
      if JWTClaims.times.contains(member.name), let seconds = JWTClaims.seconds(member.value) {
        text = UTCTimeText.text(seconds)
      }
      fields.append(Field(prefix + member.name, text))
    }
    if prefix.isEmpty { fields.append(Field("signature", claims.signature, isSecret: true)) }
    if let note = claims.expiryNote(now: now) { notes.append(note) }
  }
}
