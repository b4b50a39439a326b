import SMTPWire

/// SCRAM-SHA-1, SCRAM-SHA-256 and their -PLUS forms (RFC 5802, RFC 7677).
struct SASLServerScram: SASLServerMechanism {
  private enum State: Sendable {
    case awaitingFirst
    case lookingUp
    case awaitingProof
    case awaitingNothing
    case over
  }

  private let name: String
  private let hash: SASLHash
  private let digests: SASLDigests
  private let context: SASLServerContext
  private var state = State.awaitingFirst
  private var user = ""
  private var authorization = ""
  /// What `c=` has to say: the header, and the binding's data (RFC 5802 §7).
  private var bound: [UInt8] = []
  private var bareFirst: [UInt8] = []
  private var serverFirst: [UInt8] = []
  private var joint: [UInt8] = []
  private var verifier: SCRAMVerifier?

  /// Makes the mechanism of a name; nil when it is none of SCRAM's, or there is nothing to bind to.
  init?(_ name: String, _ context: SASLServerContext, _ digests: SASLDigests) {
    guard let hash = ScramMechanism.hash(of: name), !SASLMechanismTable.bindsChannel(name) || !context.bindings.isEmpty
    else {
      return nil
    }
    (self.name, self.hash, self.context, self.digests) = (name, hash, context, digests)
  }

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    initial.map { respond($0) } ?? .challenge([])
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep {
    switch state {
    case .awaitingFirst: return first(response)
    case .awaitingProof: return prove(response)
    case .awaitingNothing where response.isEmpty:
      state = .over
      return .succeeded(user: user)
    default: return end("unexpected message of \(name)")
    }
  }

  private mutating func end(_ detail: String) -> SASLServerStep {
    state = .over
    return .failed(.protocolError(detail))
  }

  private mutating func first(_ message: [UInt8]) -> SASLServerStep {
    let parts = message.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return end("Invalid \(name) input") }
    guard let data = binding(Array(parts[0])) else { return end("Invalid channel binding of \(name)") }
    bound = Array(message.prefix(parts[0].count + parts[1].count + 2)) + data
    bareFirst = Array(parts[2])
    guard parts[1].isEmpty || parts[1].starts(with: "a=".utf8), let text = ScramText(bareFirst),
      let named = text["n"].flatMap(ScramText.unescaped), let nonce = text["r"], !nonce.isEmpty, text["m"] == nil,
      let identity = ScramText.unescaped(Array(parts[1].dropFirst(2))),
      let prepared = try? SASLPrep.prepare(String(decoding: named, as: UTF8.self))
    else { return end("Invalid \(name) input") }
    user = String(decoding: prepared, as: UTF8.self)
    authorization = String(decoding: identity, as: UTF8.self)
    guard !user.isEmpty else { return .failed(.emptyUser) }
    joint = nonce + Base64.encode(digests.random(18))
    state = .lookingUp
    return .lookup(SASLLookup(name, user: user, want: .scram(hash)))
  }

  /// The data that the client's flag calls for; nil where the flag is not possible here.
  private func binding(_ flag: [UInt8]) -> [UInt8]? {
    if name.hasSuffix("-PLUS") {
      guard flag.starts(with: "p=".utf8) else { return nil }
      return context.bindings.data(String(decoding: flag.dropFirst(2), as: UTF8.self))
    }
    if flag == [UInt8(ascii: "y")] { return context.offersPlus ? nil : [] }
    return flag == [UInt8(ascii: "n")] ? [] : nil
  }

  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep {
    guard case .lookingUp = state else { return end("unexpected answer") }
    if case .temporary = answer { return .failed(answer.failure(user: user)) }
    let stored = stored(answer)
    // A user who does not exist has a salt too, and always the same one; only the proof is never right.
    let salt = stored?.salt ?? Array(digests.hmac(.sha256, context.secret, Array(user.utf8)).prefix(16))
    verifier = stored
    let head = Array("r=".utf8) + joint + Array(",s=".utf8) + Base64.encode(salt)
    serverFirst = head + Array(",i=\(stored?.iterations ?? 4096)".utf8)
    state = .awaitingProof
    return .challenge(serverFirst)
  }

  private func stored(_ answer: SASLLookupAnswer) -> SCRAMVerifier? {
    switch answer {
    case .scram(let verifier): return verifier.hash == hash ? verifier : nil
    case .password(let password):
      let text = String(decoding: password.octets, as: UTF8.self)
      return SCRAMVerifier(hash, password: text, salt: digests.random(16), digests: digests)
    default: return nil
    }
  }

  private mutating func prove(_ message: [UInt8]) -> SASLServerStep {
    guard let text = ScramText(message), let proof = text["p"].flatMap({ try? Base64.decode($0) }),
      let comma = message.lastIndex(of: UInt8(ascii: ",")), text.attributes.last?.name == UInt8(ascii: "p"),
      text["c"] == Base64.encode(bound), text["r"] == joint
    else { return end("Invalid \(name) proof") }
    state = .over
    let separator: [UInt8] = [UInt8(ascii: ",")]
    let signed = bareFirst + separator + serverFirst + separator + message[..<comma]
    guard let verifier, proof.count == hash.length else { return .failed(.wrong(user: user)) }
    let key = ScramKeys.combined(proof, digests.hmac(hash, verifier.storedKey, signed))
    guard ScramKeys.isSame(digests.hash(hash, key), verifier.storedKey) else { return .failed(.wrong(user: user)) }
    guard authorization.isEmpty || authorization == user else {
      return .failed(.wrong(user: authorization, detail: "Requested identity not authenticated identity"))
    }
    state = .awaitingNothing
    return .challenge(Array("v=".utf8) + Base64.encode(digests.hmac(hash, verifier.serverKey, signed)))
  }
}
