import SMTPWire

/// NTLM, as Windows servers speak it: the client's side, version 2 of the responses only (MS-NLMP, MS-SMTPNTLM).
struct NTLMMechanism: SASLClientMechanism {
  let name = "NTLM"
  private(set) var isComplete = false
  private(set) var problem: String?
  private let user: String
  private let domain: String
  private let password: [UInt8]
  private let digests: SASLDigests
  private let unixTime: Int
  private var hasNegotiated = false

  /// Unicode, OEM, request target, NTLM, always sign, extended session security.
  private static let flags: UInt32 = 0x0008_8207

  /// Makes the mechanism; the domain is the credentials' realm, or stands before a backslash in the user's name.
  init(_ credentials: Credentials, _ digests: SASLDigests, unixTime: Int) {
    let parts = credentials.user.split(separator: "\\", maxSplits: 1, omittingEmptySubsequences: false)
    user = parts.count == 2 ? String(parts[1]) : credentials.user
    domain = parts.count == 2 ? String(parts[0]) : credentials.realm
    password = credentials.password.octets
    self.digests = digests
    self.unixTime = unixTime
  }

  mutating func initialResponse() -> [UInt8]? {
    hasNegotiated = true
    return NTLMMessage.signature + NTLMMessage.littleEndian(NTLMMessage.Kind.negotiate.rawValue)
      + NTLMMessage.littleEndian(Self.flags) + [UInt8](repeating: 0, count: 16)
  }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    guard !isComplete, problem == nil else { return nil }
    // Some servers say in words that NTLM may begin.
    guard hasNegotiated else { return initialResponse() }
    guard let message = NTLMMessage(challenge), message.kind == .challenge else {
      problem = "the server's message is no challenge of NTLM"
      return nil
    }
    isComplete = true
    return authenticate(message)
  }

  private func authenticate(_ message: NTLMMessage) -> [UInt8] {
    let domain = domain.isEmpty && !user.contains("@") ? message.domain : domain
    let proof = NTLMProof(user: user, domain: domain, password: password, digests)
    let client = digests.random(8)
    let told = message.pairs.first { $0.identifier == 7 && $0.value.count == 8 }?.value
    // Tenths of microseconds since 1601.
    let time = told ?? NTLMMessage.littleEndian((Int64(unixTime) + 11_644_473_600) * 10_000_000)
    let long = proof.ntResponse(
      server: message.serverChallenge, client: client, time: time, targetInfo: message.targetInfo)
    // MS-NLMP §3.1.5.1.2: where the server tells its time, the short response is zero.
    let short =
      told == nil
      ? proof.lmResponse(server: message.serverChallenge, client: client) : [UInt8](repeating: 0, count: 24)
    return Self.message([short, long, text(domain, message), text(user, message), [], []], message)
  }

  private func text(_ text: String, _ message: NTLMMessage) -> [UInt8] {
    message.isWide ? NTLMMessage.wide(text) : Array(text.utf8)
  }

  /// The third message: heads with length, room and offset, then flags, then the fields themselves.
  private static func message(_ fields: [[UInt8]], _ challenge: NTLMMessage) -> [UInt8] {
    var octets = NTLMMessage.signature + NTLMMessage.littleEndian(NTLMMessage.Kind.authenticate.rawValue)
    var offset = 64
    for field in fields {
      let length = NTLMMessage.littleEndian(UInt16(clamping: field.count))
      octets += length + length + NTLMMessage.littleEndian(UInt32(offset))
      offset += field.count
    }
    octets += NTLMMessage.littleEndian(challenge.flags & flags)
    return fields.reduce(octets, +)
  }
}
