package import SMTPWire

/// Finds out whether the answers of a pasted login were made with a password.
///
/// The login is played again with the client's own nonce and the server's own challenges; nothing is sent.
package struct SASLAnswerCheck {
  /// What became of an answer.
  package enum Verdict: Hashable, Sendable {
    /// This password makes exactly this answer.
    case fits
    /// Another password, or other octets of it, made the answer.
    case differs
    /// It cannot be found out, for a reason.
    case unknown(String)
  }

  private let password: Secret
  private let digests: SASLDigests
  private var client: (any SASLClientMechanism)?
  private var challenge: [UInt8]?
  private var ntlmChallenge: [UInt8] = []

  /// Judges the answers in which the password has a part, by their places among the entries.
  package static func verdicts(
    _ entries: [SASLExchangeDecoder.Entry], password: Secret, digests: SASLDigests
  ) -> [Int: Verdict] {
    var check = SASLAnswerCheck(password: password, digests: digests)
    var verdicts: [Int: Verdict] = [:]
    for (index, entry) in entries.enumerated() { verdicts[index] = check.verdict(entry) }
    return verdicts
  }

  private init(password: Secret, digests: SASLDigests) {
    self.password = password
    self.digests = digests
  }

  private mutating func verdict(_ entry: SASLExchangeDecoder.Entry) -> Verdict? {
    guard case .decoded(let decoded) = entry.content else {
      if entry.mechanism == nil { client = nil }
      return nil
    }
    let octets = (try? Base64.decode(entry.string)) ?? []
    if entry.isServer {
      if let message = NTLMMessage(octets) { ntlmChallenge = message.serverChallenge }
      challenge = octets
      return nil
    }
    if let given = decoded.fields.first(where: { $0.name == "password" }) {
      return given.octets == password.octets ? .fits : .differs
    }
    if let message = NTLMMessage(octets), message.kind == .authenticate { return verdict(message) }
    guard let name = entry.mechanism ?? Self.mechanism(decoded) else { return nil }
    return verdict(octets, decoded, name)
  }

  /// The mechanism that a string without AUTH tells by itself.
  private static func mechanism(_ decoded: SASLStringDecoder) -> String? {
    ["CRAM-MD5", "DIGEST-MD5"].first { decoded.kind?.hasPrefix($0) == true }
  }

  private mutating func verdict(_ octets: [UInt8], _ decoded: SASLStringDecoder, _ name: String) -> Verdict? {
    guard decoded.fields.contains(where: { ["proof", "response", "digest"].contains($0.name) }) else {
      // SCRAM's first message shows nothing of the password; it has to be said all the same.
      client = client(decoded, name)
      _ = client?.initialResponse()
      return nil
    }
    guard let challenge else { return .unknown("the challenge that it answers is not there") }
    if name == "DIGEST-MD5" { return DigestDirectives(octets).map(verdict) }
    guard var mechanism = name.hasPrefix("SCRAM-") ? client : client(decoded, name) else {
      return .unknown("the messages before it are not there")
    }
    guard let own = mechanism.respond(to: challenge) else {
      return .unknown(mechanism.problem ?? "the challenge is not one of \(name)")
    }
    return ScramKeys.isSame(own, octets) ? .fits : .differs
  }

  private func verdict(_ answer: DigestDirectives) -> Verdict {
    let proof = DigestMD5Proof(
      user: answer["username"] ?? [], realm: answer["realm"] ?? [], password: password.octets,
      nonce: answer["nonce"] ?? [], clientNonce: answer["cnonce"] ?? [], count: answer["nc"] ?? [],
      uri: answer["digest-uri"] ?? [], authorization: answer["authzid"] ?? [])
    return proof.response(digests) == answer["response"] ? .fits : .differs
  }

  /// A client that has the nonce and the name of a message.
  private func client(_ decoded: SASLStringDecoder, _ name: String) -> (any SASLClientMechanism)? {
    func field(_ name: String) -> [UInt8]? { decoded.fields.first { $0.name == name }?.octets }
    let credentials = Credentials(
      user: String(decoding: field("user") ?? [], as: UTF8.self), password: password,
      authorization: String(decoding: field("authzid") ?? [], as: UTF8.self))
    var context = SASLContext(digests: digests)
    context.nonce = field("nonce")
    if field("binding")?.starts(with: "none, though".utf8) == true {
      context.lacksPlus = true
      context.bindings = SASLChannelBindings(exporter: [0])
    }
    return SASLClientMechanisms.make(name, credentials, context)
  }

  /// NTLM's proof is over the server's challenge and what stands behind the proof itself (MS-NLMP §3.3.2).
  private func verdict(_ message: NTLMMessage) -> Verdict {
    let response = message.ntResponse
    guard response.count > 24 else { return .unknown("a response of NTLM version 1 is not computed here") }
    guard !ntlmChallenge.isEmpty else { return .unknown("the challenge that it answers is not there") }
    let proof = NTLMProof(user: message.user, domain: message.domain, password: password.octets, digests)
    let own = digests.hmac(.md5, proof.key, ntlmChallenge + response.dropFirst(16))
    return ScramKeys.isSame(own, Array(response.prefix(16))) ? .fits : .differs
  }
}
