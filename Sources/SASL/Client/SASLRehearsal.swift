import SMTPWire

/// A login played through without a connection.
///
/// The challenges are those that a real server sent, or come from a server's side that is made up here and knows the
/// password. Nothing is computed twice alike unless the seed is the same.
package struct SASLRehearsal: Sendable {
  /// What is played.
  package struct Plan: Hashable, Sendable {
    /// The mechanism's name in upper case.
    package var mechanism: String
    /// Who logs in.
    package var credentials: Credentials
    /// The server's name and port, which some mechanisms say.
    package var host = "localhost"
    /// The server's port.
    package var port = 25
    /// The octets in place of chance, at least 64: the nonces and the salt are made of them.
    package var seed: [UInt8]
    /// What a real server sent behind 334, in base64; empty for a server's side that is made up.
    package var challenges: [[UInt8]] = []

    /// Plans a login with a server's side that is made up.
    package init(mechanism: String, credentials: Credentials, seed: [UInt8]) {
      self.mechanism = mechanism
      self.credentials = credentials
      self.seed = seed
    }

    /// Whether the mechanism proves a password or a token, and there is none.
    var lacksPassword: Bool {
      SASLMechanismTable.entry(mechanism)?.needsUser != false && credentials.password.isEmpty
        && credentials.token?.isEmpty != false
    }
  }

  /// More rounds than this are not gone through at every key.
  package static let iterationLimit = 100_000
  /// No mechanism takes more challenges than this.
  private static let challengeLimit = 8

  /// The lines in their order.
  package private(set) var lines: [SASLExchangeDecoder.Entry] = []
  /// Why the login could not be played to its end; nil when it could.
  package private(set) var problem: String?
  private var decoder = SASLExchangeDecoder()
  private var login: SASLLoginLines?
  /// The initial response that was too long for the AUTH command.
  private var held: String?

  /// Plays a login.
  package init(_ plan: Plan, digests: SASLDigests) {
    problem = SASLClientMechanisms.flaw(plan.mechanism, plan.credentials)
    var context = SASLContext(digests: digests.with { Array(plan.seed.prefix($0)) })
    (context.host, context.port) = (plan.host, plan.port)
    // Without TLS there is nothing to bind to; what stands here has the right length and no meaning.
    let bindings = SASLChannelBindings(exporter: [UInt8](repeating: 0, count: 32))
    if SASLMechanismTable.bindsChannel(plan.mechanism) { context.bindings = bindings }
    guard problem == nil, let client = SASLClientMechanisms.make(plan.mechanism, plan.credentials, context) else {
      problem = problem ?? "\(plan.mechanism) cannot be computed here"
      return
    }
    let login = SASLLoginLines(client)
    self.login = login
    held = login.first.count > 1 ? login.first.last : nil
    note(login.first[0], isServer: false)
    if plan.lacksPassword { problem = "no password yet: a server refuses an empty one" }
    if plan.challenges.isEmpty { meet(plan, context, digests) } else { answer(plan.challenges) }
  }

  /// Plays against a server's side that knows the password.
  private mutating func meet(_ plan: Plan, _ context: SASLContext, _ digests: SASLDigests) {
    var server = SASLServerContext(digests: digests.with { Array(plan.seed.suffix($0)) })
    (server.host, server.realm, server.bindings) = (plan.host, plan.credentials.realm, context.bindings)
    server.certificateUser = plan.credentials.user
    guard let mechanism = SASLServerMechanisms.make(plan.mechanism, server) else {
      problem = "only a real server's challenge can be answered here: put it into the field"
      return
    }
    meet(mechanism, plan.credentials)
  }

  private mutating func note(_ text: String, isServer: Bool) {
    let line = Array(text.utf8)
    let content = line.isEmpty ? .plain : decoder.decode(line)
    lines.append(.init(number: lines.count + 1, line: line, markCount: 0, isServer: isServer, content: content))
  }

  /// Answers the challenges of a real server.
  private mutating func answer(_ challenges: [[UInt8]]) {
    for text in challenges.prefix(Self.challengeLimit) {
      note("334 " + String(decoding: text, as: UTF8.self), isServer: true)
      guard let challenge = try? Base64.decode(text) else {
        problem = "the challenge is not base64"
        return
      }
      if let count = ScramText(challenge)?["i"].flatMap(ScramText.number), count > Self.iterationLimit {
        problem = "\(count) iterations take too long for a screen: parley auth computes the answer"
        return
      }
      guard respond(to: challenge) != nil else { return }
    }
  }

  /// The answer to a challenge, which becomes a line; nil with a problem where there is none.
  private mutating func respond(to challenge: [UInt8]) -> [UInt8]? {
    if let held {
      self.held = nil
      note(held, isServer: false)
      return try? Base64.decode(Array(held.utf8))
    }
    if let problem = login?.respond(to: challenge) {
      self.problem = problem
      note("*", isServer: false)
      return nil
    }
    let text = login?.answers.last ?? ""
    note(text, isServer: false)
    return try? Base64.decode(Array(text.utf8))
  }

  private mutating func meet(_ server: any SASLServerMechanism, _ credentials: Credentials) {
    var server = server
    let words = lines[0].line.split(separator: 0x20)
    let initial = words.count < 3 ? nil : words[2].elementsEqual("=".utf8) ? [] : try? Base64.decode(words[2])
    var step = server.start(initial: initial)
    for _ in 0..<2 * Self.challengeLimit {
      switch step {
      case .challenge(let challenge):
        note("334 " + String(decoding: Base64.encode(challenge), as: UTF8.self), isServer: true)
        guard let response = respond(to: challenge) else { return }
        step = server.respond(response)
      case .lookup(let lookup): step = server.found(Self.answer(lookup, credentials))
      case .verify, .succeeded: return judge("235 2.7.0 Authentication successful")
      // There is no back end here that it could be handed on to.
      case .forward: return
      case .failed(let failure): return judge("535 5.7.8 Error: authentication failed: \(failure.reason)")
      }
    }
  }

  /// The last word of the server's side; there is none about a password that is not there.
  private mutating func judge(_ reply: String) {
    if problem == nil { note(reply, isServer: true) }
  }

  private static func answer(_ lookup: SASLLookup, _ credentials: Credentials) -> SASLLookupAnswer {
    switch lookup.want {
    case .token, .anonymous: .accepted(user: credentials.user)
    default: .password(credentials.password)
    }
  }
}
