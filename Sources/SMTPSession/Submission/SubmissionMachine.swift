import Failures
package import SASL
package import SMTPWire

/// Decides the steps of one submission: greeting, EHLO or HELO, STARTTLS, AUTH, the transaction, QUIT.
///
/// One input at a time, a list of actions in return. MAIL and all RCPT go out together where PIPELINING is offered.
package struct SubmissionMachine: Sendable {
  /// What the caller has to do, in this order.
  package enum Action: Sendable {
    /// Write these lines in one go; each that has a reply is awaited.
    case send([OutgoingLine])
    /// Do the handshake and say `secured()` or end the session.
    case startTLS
    /// Send the message with its final dot.
    case sendMessage
    /// Close without a further word.
    case drop
    /// All is done; close.
    case finish(SubmissionOutcome)
  }

  private enum State: Sendable {
    case greeting
    case hello(extended: Bool)
    case starttls
    case handshake
    case auth(AuthExchange)
    case envelope(Envelope)
    case data
    case message(remaining: Int)
    case quit
    case done
  }

  /// The replies to MAIL, RCPT and perhaps DATA that were sent together, or one at a time.
  private struct Envelope: Sendable {
    var unsent: [OutgoingLine]
    /// MAIL is 0, the first RCPT 1; one more than the recipients is DATA.
    var answered = 0
    var mailRefusal: SessionFailure?
    var dataSent = false
  }

  private let plan: SubmissionPlan
  private var state = State.greeting
  private var outcome = SubmissionOutcome()
  private var capabilities = Capabilities.none
  private var isSecured: Bool
  private var sasl: SASLContext

  /// Makes a machine that awaits the greeting; without digests it logs in by mechanisms that compute nothing.
  package init(_ plan: SubmissionPlan, sasl: SASLContext = SASLContext()) {
    self.plan = plan
    self.sasl = sasl
    isSecured = plan.tls == .onConnect
    outcome.recipients = Array(repeating: nil, count: plan.envelope.recipients.count)
  }

  /// Whether the answer to the next reply may take seconds to compute: not to be done where others wait.
  package var reckonsLong: Bool { if case .auth(let exchange) = state { exchange.reckonsLong } else { false } }

  /// Takes the next reply in.
  package mutating func received(_ reply: Reply) -> [Action] {
    switch state {
    case .greeting: greeting(reply)
    case .hello(let extended): hello(reply, extended: extended)
    case .starttls: starttls(reply)
    case .auth(let exchange): auth(reply, exchange)
    case .envelope(let envelope): transaction(reply, envelope)
    case .data: data(reply)
    case .message(let remaining): final(reply, remaining: remaining)
    case .quit: farewell(reply)
    case .handshake, .done: []
    }
  }

  /// Takes in that TLS is up and its peer accepted, and what a login can be bound to.
  package mutating func secured(_ bindings: SASLChannelBindings = .none) -> [Action] {
    isSecured = true
    sasl.bindings = bindings
    // The greeting comes first in any case: only then may QUIT be said (RFC 5321 §3.1).
    if plan.tls == .onConnect { return plan.dropAfter == .connect ? stop(after: .connect) ?? [] : [] }
    return stop(after: .tls) ?? sendHello()
  }

  /// Takes in that the session is over because of a failure that the caller saw.
  ///
  /// After QUIT nothing is left to fail, and after `*` the reason for it is what matters.
  package mutating func failed(_ failure: SessionFailure) -> SubmissionOutcome {
    if case .quit = state {
      noteOutOfStep(failure.lines)
    } else if case .auth(let exchange) = state {
      outcome.failure = outcome.failure ?? exchange.cancellation ?? failure
    } else {
      outcome.failure = outcome.failure ?? failure
    }
    state = .done
    return outcome
  }

  private mutating func greeting(_ reply: Reply) -> [Action] {
    guard reply.code == 220 else { return give(up: refusal(reply, .greeting, wanted: "220")) }
    return stop(after: .connect) ?? stop(after: .banner) ?? sendHello()
  }

  private mutating func sendHello(extended: Bool = true) -> [Action] {
    state = .hello(extended: extended)
    let verb = plan.isLMTP ? "LHLO" : extended ? "EHLO" : "HELO"
    return [.send([OutgoingLine("\(verb) \(plan.greetingName)")])]
  }

  private mutating func hello(_ reply: Reply, extended: Bool) -> [Action] {
    if extended, !plan.isLMTP, reply.code.severity == .permanentFailure {
      return sendHello(extended: false)
    }
    guard reply.code.isAcceptance else {
      return give(up: refusal(reply, .command(extended ? .ehlo : .helo), wanted: "250"))
    }
    capabilities = extended ? Capabilities(reply) : .none
    return stop(after: .ehlo) ?? afterHello()
  }

  private mutating func afterHello() -> [Action] {
    guard !isSecured, plan.tls == .required || plan.tls == .ifOffered else { return afterTLS() }
    if capabilities.offers("STARTTLS") {
      state = .starttls
      return [.send([OutgoingLine("STARTTLS")])]
    }
    if plan.tls == .ifOffered { return afterTLS() }
    let summary = "TLS is required and the server does not offer STARTTLS; nothing was sent in clear"
    return give(up: SessionFailure(.tlsNotOffered, at: .command(.starttls), summary))
  }

  private mutating func starttls(_ reply: Reply) -> [Action] {
    if reply.code == 220 {
      state = .handshake
      return [.startTLS]
    }
    if plan.tls == .ifOffered, reply.code != 421 { return afterTLS() }
    guard reply.code.isFailure, reply.code != 421 else {
      return give(up: refusal(reply, .command(.starttls), wanted: "220"))
    }
    return give(
      up: SessionFailure(
        .tlsRefused, at: .command(.starttls), "the server refused TLS after offering it; nothing was sent in clear",
        lines: reply.lines))
  }

  private mutating func afterTLS() -> [Action] {
    guard case .required(let name, let credentials) = plan.auth else { return afterAuth() }
    let offered = capabilities.mechanisms
    if let name, !plan.forcesMechanism, !offered.isEmpty, !AuthExchange.names(name).contains(where: offered.contains) {
      let summary = "the server does not offer \(name), only \(offered.joined(separator: " ")); no login was tried"
      return give(up: SessionFailure(.authNoMechanism, at: .command(.auth), summary))
    }
    sasl.isSecured = isSecured
    sasl.allowsPlaintext = plan.allowsPlaintextAuth
    sasl.forcesMechanism = plan.forcesMechanism
    switch AuthExchange.choose(named: name, offered: offered, credentials: credentials, context: sasl) {
    case .failure(let failure): return give(up: failure)
    case .success(var exchange):
      let line = exchange.start()
      state = .auth(exchange)
      return [.send([line])]
    }
  }

  private mutating func auth(_ reply: Reply, _ exchange: AuthExchange) -> [Action] {
    var exchange = exchange
    let step = exchange.receive(reply)
    state = .auth(exchange)
    switch step {
    case .send(let line): return [.send([line])]
    case .failed(let failure): return give(up: failure)
    case .succeeded: return stop(after: .auth) ?? afterAuth()
    }
  }

  private mutating func afterAuth() -> [Action] {
    var lines: [OutgoingLine]
    switch plan.envelope.lines(for: capabilities) {
    case .success(let found): lines = found
    case .failure(let failure): return give(up: failure)
    }
    var envelope = Envelope(unsent: [])
    let pipelines = capabilities.offers("PIPELINING") && plan.quitAfter == nil && plan.dropAfter == nil
    if pipelines, plan.envelope.pipelinesData {
      lines.append(OutgoingLine("DATA"))
      envelope.dataSent = true
    }
    if !pipelines { envelope.unsent = Array(lines.dropFirst()) }
    state = .envelope(envelope)
    return [.send(pipelines ? lines : [lines[0]])]
  }

  private mutating func transaction(_ reply: Reply, _ current: Envelope) -> [Action] {
    var envelope = current
    let index = envelope.answered
    envelope.answered += 1
    state = .envelope(envelope)
    if reply.code == 421 { return give(up: .refused(reply, at: .command(index == 0 ? .mail : .rcpt))) }
    if index == 0 {
      guard reply.code.isAcceptance else { return mailRefused(reply, envelope) }
      if let stop = stop(after: .mail) { return stop }
    } else if index <= plan.envelope.recipients.count {
      outcome.recipients[index - 1] = reply
    } else {
      return data(reply)
    }
    return next(envelope)
  }

  private mutating func mailRefused(_ reply: Reply, _ current: Envelope) -> [Action] {
    var envelope = current
    let failure = refusal(reply, .command(.mail), wanted: "250")
    let awaited = plan.envelope.recipients.count + (envelope.dataSent ? 1 : 0)
    guard envelope.unsent.isEmpty, awaited > 0 else { return give(up: failure) }
    // The group is on its way: its replies are still to come, and all of them should refuse.
    envelope.mailRefusal = failure
    state = .envelope(envelope)
    return []
  }

  private mutating func next(_ current: Envelope) -> [Action] {
    var envelope = current
    if !envelope.unsent.isEmpty {
      let line = envelope.unsent.removeFirst()
      state = .envelope(envelope)
      return [.send([line])]
    }
    if envelope.answered <= plan.envelope.recipients.count { return [] }
    if envelope.dataSent { return [] }
    if let failure = envelope.mailRefusal { return give(up: failure) }
    if let stop = stop(after: .rcpt) { return stop }
    if let failure = noRecipient { return give(up: failure) }
    state = .data
    return [.send([OutgoingLine("DATA")])]
  }

  /// Why there is nobody to send to; nil when somebody was accepted.
  private var noRecipient: SessionFailure? {
    let replies = outcome.recipients.compactMap { $0 }
    guard !replies.contains(where: \.code.isAcceptance), let first = replies.first else { return nil }
    return refusal(first, .command(.rcpt), wanted: "250")
  }

  private mutating func data(_ reply: Reply) -> [Action] {
    if case .envelope(let envelope) = state, let failure = envelope.mailRefusal, reply.code != 354 {
      return give(up: failure)
    }
    guard reply.code == 354 else {
      return give(up: noRecipient ?? refusal(reply, .command(.data), wanted: "354"))
    }
    let accepted = outcome.recipients.count { $0?.code.isAcceptance == true }
    if case .envelope(let envelope) = state, let failure = envelope.mailRefusal ?? noRecipient {
      // RFC 2920 §3.1: the server took DATA though it refused the sender or everybody; an empty message ends it.
      outcome.failure = failure
      state = .message(remaining: 1)
      return [.send([OutgoingLine(".")])]
    }
    if let stop = stop(after: .data) { return stop }
    state = .message(remaining: plan.isLMTP ? accepted : 1)
    return [.sendMessage]
  }

  private mutating func final(_ reply: Reply, remaining: Int) -> [Action] {
    if outcome.final == nil, outcome.failure != nil { return quit() }
    outcome.final = reply
    if !reply.code.isAcceptance {
      outcome.failure = outcome.failure ?? refusal(reply, .endOfData, wanted: "250")
    }
    guard remaining <= 1 else {
      state = .message(remaining: remaining - 1)
      return []
    }
    noteRefusedRecipients()
    return stop(after: .dot) ?? quit()
  }

  private mutating func noteRefusedRecipients() {
    let refused = outcome.recipients.filter { $0?.code.isAcceptance == false }
    guard outcome.failure == nil, let first = refused.first ?? nil else { return }
    let summary =
      "\(refused.count) of \(plan.envelope.recipients.count) recipients were refused; the others have the message"
    outcome.failure = SessionFailure(.smtpPartial, at: .command(.rcpt), summary, lines: first.lines)
  }

  /// The actions that end the session here on purpose; nil when it goes on.
  private mutating func stop(after stop: SubmissionPlan.Stop) -> [Action]? {
    // After 354 a QUIT would be text of the message: the only way out is to drop the connection.
    if plan.dropAfter == stop || (stop == .data && plan.quitAfter == stop) {
      state = .done
      return [.drop, .finish(outcome)]
    }
    return plan.quitAfter == stop ? quit() : nil
  }

  private mutating func give(up failure: SessionFailure) -> [Action] {
    outcome.failure = outcome.failure ?? failure
    return failure.name == .smtp(421) ? finish() : quit()
  }

  private mutating func farewell(_ reply: Reply) -> [Action] {
    noteOutOfStep(reply.lines)
    return finish()
  }

  /// Notes a refusal where the reply to QUIT was due: unless it is about the command itself (500 to 504), it can only be
  /// meant for the message (RFC 5321 §4.3.2), whose acceptance was then another command's answer.
  private mutating func noteOutOfStep(_ lines: [WireLine]) {
    guard outcome.failure == nil, outcome.final != nil, let octets = lines.first?.octets.prefix(3),
      let code = ReplyCode(octets: octets), code.isFailure, code != 421, !(500...504).contains(code)
    else { return }
    let summary =
      "\(code) came where the reply to QUIT was due: replies and commands are out of step, and the message may have been refused"
    outcome.failure = SessionFailure(
      .protoDesync, at: .command(.quit), summary, lines: lines, isDeliveryUncertain: true)
  }

  private mutating func quit() -> [Action] {
    state = .quit
    return [.send([OutgoingLine("QUIT")])]
  }

  private mutating func finish() -> [Action] {
    state = .done
    return [.finish(outcome)]
  }

  private func refusal(_ reply: Reply, _ stage: SessionStage, wanted: String) -> SessionFailure {
    reply.code.isFailure ? .refused(reply, at: stage) : .unexpected(reply, at: stage, wanted: wanted)
  }
}
