package import SMTPSession
import SMTPWire

/// The way through a session: the steps done, the one at hand, those ahead.
package struct PhaseRibbon: Hashable, Sendable {
  /// A step of a session.
  package enum Step: Hashable, Sendable {
    case connect, greet, secure, authenticate, mail, recipient, data, quit

    /// The name where there is room.
    package var name: String {
      switch self {
      case .connect: "CONNECT"
      case .greet: "EHLO"
      case .secure: "STARTTLS"
      case .authenticate: "AUTH"
      case .mail: "MAIL"
      case .recipient: "RCPT"
      case .data: "DATA"
      case .quit: "QUIT"
      }
    }

    /// The name where there is little room.
    package var shortName: String {
      switch self {
      case .connect: "CONN"
      case .secure: "TLS"
      default: name
      }
    }
  }

  /// How a step went.
  package enum Outcome: Hashable, Sendable {
    case done, failed, current, ahead
    /// Done, with something against it: TLS whose certificate proves nothing.
    case doubtful
  }

  /// A step and how it went.
  package struct Phase: Hashable, Sendable {
    /// The step.
    package var step: Step
    /// How it went.
    package var outcome: Outcome
  }

  /// The steps that have been tried, in their order.
  package private(set) var past: [Phase] = []
  /// Recipients that were accepted and those that were offered, in this transaction.
  package private(set) var recipients = (accepted: 0, offered: 0)

  package static func == (left: Self, right: Self) -> Bool {
    left.past == right.past && left.recipients == right.recipients
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(past)
    hasher.combine(recipients.offered)
  }

  /// Makes the ribbon of a session that has not begun.
  package init() {}

  /// Notes how a step went; the step before it, tried again, is replaced.
  package mutating func note(_ step: Step, _ outcome: Outcome) {
    if past.last?.step == step || (past.last?.outcome == .failed && step != .quit) { past.removeLast() }
    past.append(Phase(step: step, outcome: outcome))
  }

  /// Notes a reply and what it answers.
  package mutating func note(_ exchange: ClientSession.Exchange, session: ClientSession) {
    let outcome: Outcome = exchange.reply.code.isFailure ? .failed : .done
    switch exchange.stage {
    case .greeting where outcome == .failed: note(.connect, .failed)
    case .command(.ehlo), .command(.helo), .command(.lhlo):
      endTransaction()
      note(.greet, outcome)
    case .command(.starttls) where outcome == .failed: note(.secure, .failed)
    case .command(.auth), .authResponse:
      if exchange.reply.code.severity != .intermediate { note(.authenticate, outcome) }
    case .command(.mail):
      endTransaction()
      note(.mail, outcome)
    case .command(.rcpt): recipients = (session.acceptedRecipients, session.recipients.count)
    case .command(.rset) where outcome == .done: endTransaction()
    case .command(.data) where outcome == .failed: note(.data, .failed)
    case .command(.data): note(.recipient, .done)
    case .endOfData:
      if recipients.offered > 0 { note(.recipient, recipients.accepted > 0 ? .done : .failed) }
      note(.data, outcome)
    case .command(.quit): note(.quit, outcome)
    default: break
    }
  }

  /// All steps: those of the past, then those that a session of this kind still has ahead.
  package func phases(session: ClientSession) -> [Phase] {
    var ahead = stepsAhead(session)
    if session.isInMessage { ahead = [.data, .quit] }
    if past.last?.step == .quit { ahead = [] }
    return past
      + ahead.enumerated().map { index, step in Phase(step: step, outcome: index == 0 ? .current : .ahead) }
  }

  private func stepsAhead(_ session: ClientSession) -> [Step] {
    let done = Set(past.filter { [.done, .doubtful].contains($0.outcome) }.map(\.step))
    var steps: [Step] = []
    if !done.contains(.connect) { steps.append(.connect) }
    if !session.isGreeted { steps.append(.greet) }
    if !session.isSecured, session.capabilities?.offers("STARTTLS") == true, !done.contains(.mail) {
      steps += [.secure, .greet]
    }
    let mayAuthenticate = session.capabilities.map { !$0.mechanisms.isEmpty } ?? false
    if mayAuthenticate, !session.isAuthenticated, session.reversePath == nil { steps.append(.authenticate) }
    let isDelivered = done.contains(.data)
    if session.reversePath == nil, !isDelivered { steps.append(.mail) }
    if !isDelivered { steps += [.recipient, .data] }
    return steps + [.quit]
  }

  private mutating func endTransaction() {
    past.removeAll { [.mail, .recipient, .data].contains($0.step) }
    recipients = (0, 0)
  }
}
