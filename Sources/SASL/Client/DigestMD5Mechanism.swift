import SMTPWire

/// DIGEST-MD5: a digest over name, realm, password and both nonces; the server proves itself too (RFC 2831).
struct DigestMD5Mechanism: SASLClientMechanism {
  let name = "DIGEST-MD5"
  private(set) var isComplete = false
  private(set) var problem: String?
  private let credentials: Credentials
  private let digests: SASLDigests
  private let uri: [UInt8]
  private let clientNonce: [UInt8]
  /// The server's proof that is awaited; nil before our response.
  private var awaited: [UInt8]?

  /// Makes the mechanism; the host is the server's name as the user gave it.
  init(_ credentials: Credentials, _ digests: SASLDigests, host: String, nonce: [UInt8]?) {
    self.credentials = credentials
    self.digests = digests
    clientNonce = nonce ?? Base64.encode(digests.random(15))
    uri = Array("smtp/\(host)".utf8)
  }

  mutating func initialResponse() -> [UInt8]? { nil }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    guard !isComplete, problem == nil else { return nil }
    guard let directives = DigestDirectives(challenge) else { return fail("the challenge of DIGEST-MD5 is malformed") }
    if let awaited { return check(directives, awaited) }
    guard let nonce = directives["nonce"], !nonce.isEmpty else {
      return fail("the challenge of DIGEST-MD5 has no nonce")
    }
    if let kinds = directives["qop"],
      !String(decoding: kinds, as: UTF8.self).split(separator: ",").contains(where: Self.isAuth)
    {
      return fail("the server wants a security layer (qop=\(OctetText.readable(kinds))), which SMTP has TLS for")
    }
    return answer(directives, nonce)
  }

  private static func isAuth(_ kind: Substring) -> Bool {
    kind.filter { $0 != " " && $0 != "\t" }.lowercased() == "auth"
  }

  private mutating func answer(_ directives: DigestDirectives, _ nonce: [UInt8]) -> [UInt8]? {
    let offered = directives.all("realm").first
    let realm = credentials.realm.isEmpty ? offered : Array(credentials.realm.utf8)
    var user = Array(credentials.user.utf8)
    if directives["charset"] == nil {
      // RFC 2831 §2.1.2: without charset=utf-8 the name goes over the wire in ISO 8859-1, as it is hashed.
      guard let latin = DigestMD5Proof.latin(user), DigestMD5Proof.latin(credentials.password.octets) != nil else {
        return fail("the server takes ISO 8859-1 only (no charset=utf-8), and name or password cannot be written in it")
      }
      user = latin
    }
    let proof = DigestMD5Proof(
      user: user, realm: realm ?? [], password: credentials.password.octets, nonce: nonce,
      clientNonce: clientNonce, uri: uri, authorization: Array(credentials.authorization.utf8))
    awaited = proof.serverResponse(digests)
    var parts: [(String, [UInt8])] = [("username", DigestDirectives.quoted(proof.user))]
    if directives["charset"] != nil { parts.insert(("charset", Array("utf-8".utf8)), at: 0) }
    if realm != nil { parts.append(("realm", DigestDirectives.quoted(proof.realm))) }
    parts += [
      ("nonce", DigestDirectives.quoted(nonce)), ("nc", proof.count),
      ("cnonce", DigestDirectives.quoted(proof.clientNonce)), ("digest-uri", DigestDirectives.quoted(uri)),
      ("response", proof.response(digests)), ("qop", Array("auth".utf8)),
    ]
    if !proof.authorization.isEmpty { parts.append(("authzid", DigestDirectives.quoted(proof.authorization))) }
    return Array(parts.map { Array("\($0)=".utf8) + $1 }.joined(separator: [UInt8(ascii: ",")]))
  }

  private mutating func check(_ directives: DigestDirectives, _ awaited: [UInt8]) -> [UInt8]? {
    guard let given = directives["rspauth"] else {
      return fail("the server's last message of DIGEST-MD5 has no rspauth")
    }
    guard ScramKeys.isSame(given, awaited) else {
      return fail("the server's rspauth is wrong: it does not know the password, or somebody is between")
    }
    isComplete = true
    return []
  }

  private mutating func fail(_ reason: String) -> [UInt8]? {
    problem = reason
    return nil
  }
}
