import Failures
import SMTPWire

/// SCRAM-SHA-1, SCRAM-SHA-256 and their -PLUS forms: both sides prove that they know the password (RFC 5802, RFC 7677).
struct ScramMechanism: SASLClientMechanism {
  /// More iterations than any server has a reason to ask for (RFC 7677 §4 wants 4096 at least): some seconds of a slow machine.
  static let iterationLimit = 500_000

  private enum State: Sendable {
    case fresh
    case awaitingFirst
    /// The proof was sent; only this signature of the server's will do.
    case awaitingFinal(signature: [UInt8])
    case verified
    case failed
  }

  let name: String
  let reckonsLong = true
  private(set) var problem: String?
  private(set) var problemName = FailureName.authBadChallenge
  private let hash: SASLHash
  private let digests: SASLDigests
  private let password: [UInt8]
  private let nonce: [UInt8]
  /// The GS2 header, with a comma at its end (RFC 5802 §7).
  private let header: [UInt8]
  private let binding: [UInt8]
  private let bareFirst: [UInt8]
  private var state = State.fresh

  /// Makes the mechanism of a name; the failure is SASLprep's, or tells that a channel binding is missing (nil).
  init?(_ name: String, _ credentials: Credentials, _ context: SASLContext, digests: SASLDigests) {
    let isPlus = name.hasSuffix("-PLUS")
    let preferred = context.bindings.preferred
    guard let hash = Self.hash(of: name), !isPlus || preferred != nil,
      let user = try? SASLPrep.prepare(credentials.user),
      let password = try? SASLPrep.prepare(String(decoding: credentials.password.octets, as: UTF8.self))
    else { return nil }
    (self.name, self.hash, self.digests, self.password) = (name, hash, digests, password)
    // Base64 has neither commas nor anything unseen, as the nonce must not.
    nonce = context.nonce ?? Base64.encode(digests.random(18))
    let flag = isPlus ? "p=\(preferred?.name ?? "")" : !context.bindings.isEmpty && context.lacksPlus ? "y" : "n"
    let identity = credentials.authorization.isEmpty ? "" : "a=\(ScramText.escaped(credentials.authorization))"
    header = Array("\(flag),\(identity),".utf8)
    binding = isPlus ? preferred?.data ?? [] : []
    bareFirst = Array("n=".utf8) + ScramText.escaped(user) + Array(",r=".utf8) + nonce
  }

  /// The digest that a name stands for; nil when it is no name of SCRAM's.
  static func hash(of name: String) -> SASLHash? {
    switch name {
    case "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS": .sha1
    case "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS": .sha256
    default: nil
    }
  }

  var isComplete: Bool { if case .verified = state { true } else { false } }

  mutating func initialResponse() -> [UInt8]? {
    state = .awaitingFirst
    return header + bareFirst
  }

  mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    switch state {
    case .fresh:
      guard challenge.isEmpty else {
        return fail("\(name) begins with the client, but the server sent a challenge first")
      }
      return initialResponse()
    case .awaitingFirst: return prove(challenge)
    case .awaitingFinal(let signature): return check(challenge, signature)
    case .verified, .failed: return nil
    }
  }

  private mutating func prove(_ challenge: [UInt8]) -> [UInt8]? {
    guard let text = ScramText(challenge) else { return fail("the server's first message of \(name) is malformed") }
    if let error = text["e"] { return fail("the server says \(OctetText.readable(error))") }
    if text["m"] != nil { return fail("the server demands an extension of \(name) that is not known") }
    guard let joint = text["r"], joint.starts(with: nonce), joint.count > nonce.count else {
      return fail("the server's nonce does not begin with ours: the challenge belongs to another login")
    }
    guard let salt = text["s"].flatMap({ try? Base64.decode($0) }), !salt.isEmpty else {
      return fail("the server's first message of \(name) has no salt")
    }
    guard let iterations = text["i"].flatMap(ScramText.number), iterations > 0 else {
      return fail("the server's first message of \(name) has no sensible number of iterations")
    }
    guard iterations <= Self.iterationLimit else {
      problemName = .authTooManyIterations
      return fail("the server demands \(iterations) iterations of \(name); \(Self.iterationLimit) is the limit here")
    }
    return proof(challenge, joint, salt, iterations)
  }

  private mutating func proof(_ challenge: [UInt8], _ joint: [UInt8], _ salt: [UInt8], _ iterations: Int) -> [UInt8] {
    let bare = Array("c=".utf8) + Base64.encode(header + binding) + Array(",r=".utf8) + joint
    let comma: [UInt8] = [UInt8(ascii: ",")]
    let message = bareFirst + comma + challenge + comma + bare
    let keys = ScramKeys(hash, password: password, salt: salt, iterations: iterations, digests)
    state = .awaitingFinal(signature: digests.hmac(hash, keys.serverKey, message))
    let proof = ScramKeys.combined(keys.clientKey, digests.hmac(hash, keys.storedKey, message))
    return bare + Array(",p=".utf8) + Base64.encode(proof)
  }

  private mutating func check(_ challenge: [UInt8], _ signature: [UInt8]) -> [UInt8]? {
    let text = ScramText(challenge)
    if let error = text?["e"] { return fail("the server says \(OctetText.readable(error))") }
    guard let given = text?["v"].flatMap({ try? Base64.decode($0) }) else {
      return fail("the server's last message of \(name) has no signature")
    }
    guard ScramKeys.isSame(given, signature) else {
      return fail("the server's signature is wrong: it does not know the password, or somebody is between")
    }
    state = .verified
    return []
  }

  private mutating func fail(_ reason: String) -> [UInt8]? {
    state = .failed
    problem = reason
    return nil
  }
}
