import SMTPWire

/// CRAM-MD5 (RFC 2195).
struct SASLServerCRAMMD5: SASLServerMechanism {
  private let challenge: [UInt8]
  private let digests: SASLDigests
  private var claim: (user: String, digest: [UInt8])?

  init(host: String, _ digests: SASLDigests) {
    self.digests = digests
    let number = digests.random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    challenge = Array("<\(number >> 32).\(number & 0xFFFF_FFFF)@\(host)>".utf8)
  }

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial == nil ? .challenge(challenge) : .failed(.protocolError("CRAM-MD5 has no initial response"))
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    guard let blank = response.lastIndex(of: 0x20) else {
      return .failed(.protocolError("need authentication name"))
    }
    let user = String(decoding: response[..<blank], as: UTF8.self)
    guard !user.isEmpty else { return .failed(.emptyUser) }
    claim = (user, Array(response[(blank + 1)...]))
    return .lookup(SASLLookup("CRAM-MD5", user: user, want: .password))
  }

  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep {
    guard let claim else { return .failed(.protocolError()) }
    guard case .password(let password) = answer else { return .failed(answer.failure(user: claim.user)) }
    let right = digests.hmac(.md5, password.octets, challenge).flatMap(\.lowercaseHexadecimal)
    guard ScramKeys.isSame(claim.digest, right) else {
      return .failed(.wrong(user: claim.user, detail: "incorrect digest response"))
    }
    return .succeeded(user: claim.user)
  }
}

/// DIGEST-MD5 (RFC 2831), without security layers.
struct SASLServerDigestMD5: SASLServerMechanism {
  private let realm: [UInt8]
  private let nonce: [UInt8]
  private let digests: SASLDigests
  private var response: DigestDirectives?
  private var user = ""
  private var isProved = false

  init(realm: String, _ digests: SASLDigests) {
    self.realm = Array(realm.utf8)
    self.digests = digests
    nonce = Base64.encode(digests.random(24))
  }

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    guard initial == nil else { return .failed(.protocolError("initial response for DIGEST-MD5 without a nonce")) }
    var challenge = Array("nonce=".utf8) + DigestDirectives.quoted(nonce)
    if !realm.isEmpty { challenge += Array(",realm=".utf8) + DigestDirectives.quoted(realm) }
    return .challenge(challenge + Array(",qop=\"auth\",charset=utf-8,algorithm=md5-sess".utf8))
  }

  mutating func respond(_ octets: [UInt8]) -> SASLServerStep {
    if isProved { return octets.isEmpty ? .succeeded(user: user) : .failed(.protocolError()) }
    guard response == nil, let directives = DigestDirectives(octets), let name = directives["username"],
      directives["nonce"] == nonce, directives["response"]?.count == 32, directives["cnonce"] != nil,
      directives["nc"] == Array("00000001".utf8), directives["digest-uri"] != nil,
      directives["qop"] ?? Array("auth".utf8) == Array("auth".utf8)
    else { return .failed(.protocolError("malformed response of DIGEST-MD5")) }
    user = String(decoding: name, as: UTF8.self)
    guard !user.isEmpty else { return .failed(.emptyUser) }
    response = directives
    let realm = String(decoding: directives["realm"] ?? [], as: UTF8.self)
    return .lookup(SASLLookup("DIGEST-MD5", user: user, realm: realm, want: .password))
  }

  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep {
    guard let response else { return .failed(.protocolError()) }
    guard case .password(let password) = answer else { return .failed(answer.failure(user: user)) }
    let proof = DigestMD5Proof(
      user: Array(user.utf8), realm: response["realm"] ?? [], password: password.octets, nonce: nonce,
      clientNonce: response["cnonce"] ?? [], uri: response["digest-uri"] ?? [],
      authorization: response["authzid"] ?? [])
    guard ScramKeys.isSame(response["response"] ?? [], proof.response(digests)) else {
      return .failed(.wrong(user: user, detail: "client response doesn't match what we generated"))
    }
    let authorization = String(decoding: response["authzid"] ?? [], as: UTF8.self)
    guard authorization.isEmpty || authorization == user else {
      return .failed(.wrong(user: authorization, detail: "Requested identity not authenticated identity"))
    }
    isProved = true
    return .challenge(Array("rspauth=".utf8) + proof.serverResponse(digests))
  }
}

extension SASLLookupAnswer {
  /// The failure where an answer is not what a mechanism can use.
  func failure(user: String) -> SASLFailure {
    if case .temporary(let reason) = self { return SASLFailure(reason, user: user, isTemporary: true) }
    return .wrong(user: user, detail: "no secret in database")
  }
}
