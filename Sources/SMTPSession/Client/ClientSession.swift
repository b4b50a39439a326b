import SASL
package import SMTPWire

/// The client's view of a session: what was offered, agreed and sent, and what each reply answers.
///
/// It watches and never forbids: the user of a workbench may send anything. Replies are matched to commands by a
/// queue, so pipelining (RFC 2920) is the normal case. It does no input or output.
package struct ClientSession: Sendable {
  /// A recipient that was offered to the server.
  package struct Recipient: Hashable, Sendable {
    /// The argument of RCPT, from the path on.
    package let path: [UInt8]
    /// The answer, once it came.
    package var reply: ReplyCode?
  }

  /// What the caller has to do after a reply.
  package enum Consequence: Hashable, Sendable {
    case nothing
    /// 220 to STARTTLS: the handshake comes next.
    case handshake
    /// 354: the message comes next.
    case message
    /// 334: an answer to the challenge comes next.
    case challenge([UInt8])
    /// 221 or 421: the server closes.
    case closing
  }

  /// A reply together with what it answers.
  package struct Exchange: Hashable, Sendable {
    /// What the reply answers.
    package let stage: SessionStage
    /// The reply itself.
    package let reply: Reply
    /// What comes next.
    package let consequence: Consequence
  }

  /// What the server offered in its last reply to EHLO; nil before it, after HELO, and again after STARTTLS (RFC 3207 §4.2).
  package private(set) var capabilities: Capabilities?
  /// What the server offered before STARTTLS.
  package private(set) var plainCapabilities: Capabilities?
  /// Whether TLS is up.
  package private(set) var isSecured = false
  /// Whether EHLO or HELO was accepted since the connection or the handshake.
  package private(set) var isGreeted = false
  /// Whether the server's AUTH said 235.
  package private(set) var isAuthenticated = false
  /// The argument of the accepted MAIL, from the path on; nil outside a transaction.
  package private(set) var reversePath: [UInt8]?
  /// The recipients of this transaction, in their order.
  package private(set) var recipients: [Recipient] = []
  /// Whether lines that are sent now are the message's text.
  package private(set) var isInMessage = false
  /// Whether a line that is sent now answers a 334.
  package private(set) var awaitsResponse = false
  /// Who is logged in, where the mechanism tells.
  package private(set) var identity: String?
  private var claimedIdentity: String?
  /// Whether the last answer to a 334 was the `*` that gives the login up.
  private var hasCancelled = false
  /// The mechanism of the AUTH that is going on.
  package private(set) var mechanism: String?
  /// How many answers to a 334 the AUTH that is going on has had.
  package private(set) var responses = 0
  /// The octets of the BDAT chunk that are still to be sent.
  package private(set) var chunkRemaining = 0
  /// The last reply.
  package private(set) var lastReply: Reply?
  private var pending: [Pending]
  private var speaksLMTP = false

  private struct Pending: Sendable {
    var stage: SessionStage
    var argument: [UInt8] = []
  }

  /// Begins a session; the greeting is awaited. With `isSecured`, TLS came before it (RFC 8314 §3.3).
  package init(isSecured: Bool = false) {
    self.isSecured = isSecured
    pending = [Pending(stage: .greeting)]
  }

  /// What the next reply will answer; nil when the server has nothing to answer.
  package var awaiting: SessionStage? { pending.first?.stage }
  /// The number of replies that are still to come.
  package var awaitedReplies: Int { pending.count }
  /// The recipients that were accepted.
  package var acceptedRecipients: Int { recipients.count { $0.reply?.isCompletion == true } }

  /// Notes a line that goes to the server, and says what its reply will answer; nil for a line that has no reply.
  @discardableResult
  package mutating func sent(_ line: OutgoingLine) -> SessionStage? {
    noteIdentity(line)
    return sent(octets: line.octets)
  }

  /// Notes that the final dot goes out behind a message that was not given line by line.
  ///
  /// LMTP has a reply for each recipient that was accepted (RFC 2033 §4.2).
  package mutating func sentEndOfMessage() {
    isInMessage = false
    for _ in 0..<(speaksLMTP ? max(1, acceptedRecipients) : 1) { expectReply(.endOfData) }
  }

  /// Matches a reply to what it answers. Returns nil for an unsolicited reply.
  package mutating func received(_ reply: Reply) -> Exchange? {
    guard !pending.isEmpty else { return nil }
    let answered = pending.removeFirst()
    lastReply = reply
    return Exchange(stage: answered.stage, reply: reply, consequence: consequence(of: reply, to: answered))
  }

  /// Takes in that an answer came which is no reply; it counts as the answer to what was awaited.
  package mutating func receivedNonsense() {
    if !pending.isEmpty { pending.removeFirst() }
  }

  /// Notes that TLS is up: what was known of the server is forgotten (RFC 3207 §4.2).
  package mutating func secured() {
    plainCapabilities = capabilities
    capabilities = nil
    isSecured = true
    isGreeted = false
    isAuthenticated = false
    identity = nil
    endTransaction()
  }

  private mutating func sent(octets: [UInt8]) -> SessionStage? {
    if isInMessage {
      guard octets == [UInt8(ascii: ".")] else { return nil }
      sentEndOfMessage()
      return .endOfData
    }
    if chunkRemaining > 0 {
      chunkRemaining = max(0, chunkRemaining - octets.count - 2)
      return nil
    }
    if awaitsResponse {
      awaitsResponse = false
      hasCancelled = octets == [UInt8(ascii: "*")]
      responses += 1
      return expectReply(.authResponse)
    }
    return sentCommand(Command(octets))
  }

  private mutating func sentCommand(_ command: Command) -> SessionStage? {
    switch command.verb {
    case .auth:
      mechanism = command.words.first.map { String(decoding: $0.map(\.asciiUppercased), as: UTF8.self) }
      responses = command.words.count > 1 ? 1 : 0
      hasCancelled = false
    case .rcpt:
      recipients.append(Recipient(path: path(in: command.argument)))
    case .bdat:
      chunkRemaining = command.words.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
      if command.words.last?.equalsIgnoringCase("LAST") == true {
        sentEndOfMessage()
        return .endOfData
      }
    default: break
    }
    pending.append(Pending(stage: .command(command.verb), argument: command.argument))
    return .command(command.verb)
  }

  @discardableResult
  private mutating func expectReply(_ stage: SessionStage) -> SessionStage {
    pending.append(Pending(stage: stage))
    return stage
  }

  private mutating func consequence(of reply: Reply, to answered: Pending) -> Consequence {
    if reply.code == 421 { return .closing }
    switch answered.stage {
    case .command(let verb): return consequence(of: reply, to: verb, argument: answered.argument)
    case .authResponse: return authConsequence(of: reply)
    case .endOfData: endTransaction()
    default: break
    }
    return .nothing
  }

  private mutating func consequence(of reply: Reply, to verb: Command.Verb, argument: [UInt8]) -> Consequence {
    switch verb {
    case .ehlo, .lhlo, .helo:
      speaksLMTP = verb == .lhlo
      if reply.code.isCompletion { greeted(reply, extended: verb != .helo) }
    case .mail:
      if reply.code.isCompletion { reversePath = path(in: argument) }
    case .rcpt:
      let path = path(in: argument)
      if let index = recipients.firstIndex(where: { $0.reply == nil && $0.path == path }) {
        recipients[index].reply = reply.code
      }
    case .rset:
      if reply.code.isCompletion { endTransaction() }
    case .starttls where reply.code == 220: return .handshake
    case .auth: return authConsequence(of: reply)
    case .data where reply.code == 354:
      isInMessage = true
      return .message
    case .quit where reply.code == 221: return .closing
    default: break
    }
    return .nothing
  }

  private mutating func authConsequence(of reply: Reply) -> Consequence {
    if reply.code == 334 {
      awaitsResponse = true
      return .challenge(Array(reply.text))
    }
    // RFC 4954 §4: `*` can only be refused; what is said to it is no login.
    if reply.code == 235, !hasCancelled {
      isAuthenticated = true
      identity = claimedIdentity
    }
    return .nothing
  }

  private mutating func greeted(_ reply: Reply, extended: Bool) {
    capabilities = extended ? Capabilities(reply) : nil
    isGreeted = true
    endTransaction()
  }

  private mutating func endTransaction() {
    reversePath = nil
    recipients = []
    isInMessage = false
    chunkRemaining = 0
  }

  /// Reads the user's name, which is no secret, out of a mechanism's first answer.
  private mutating func noteIdentity(_ line: OutgoingLine) {
    for case .secret(let secret) in line.parts {
      guard let entry = SASLMechanismTable.entry(firstAnswer: secret.name),
        let octets = try? Base64.decode(secret.octets)
      else { continue }
      claimedIdentity = entry.user(octets).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// What stands behind `FROM:` or `TO:`.
  private func path(in argument: [UInt8]) -> [UInt8] {
    guard let colon = argument.firstIndex(of: UInt8(ascii: ":")) else { return argument }
    return Array(argument[(colon + 1)...].drop { $0.isASCIIBlank })
  }
}
