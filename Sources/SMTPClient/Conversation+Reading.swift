import Dialogue
import Failures
import Network
import SASL
import SMTPSession
import SMTPWire

extension Conversation {
  /// The next reply that answers something; what is wrong with it is noted.
  ///
  /// What cannot be understood, or answers nothing, ends the conversation, unless `isLenient`.
  func reply(
    until deadline: ContinuousClock.Instant, at stage: SessionStage?, isLenient: Bool = false
  ) async throws(SessionFailure) -> ClientSession.Exchange {
    defer { log.flush() }
    while true {
      if let reply = try nextParsed(at: stage, isLenient: isLenient) {
        guard let exchange = session.received(reply) else {
          try judgeUnsolicited(reply, at: stage ?? .command(.other), isLenient: isLenient)
          continue
        }
        marker.received(
          reply.code, answersAuth: exchange.stage == .command(.auth) || exchange.stage == .authResponse)
        if reply.code == 235, session.isAuthenticated, let identity = session.identity,
          let mechanism = session.mechanism
        {
          log.note(.authenticated(mechanism: mechanism, user: identity))
        }
        for deviation in reply.deviations { log.note(.deviation(deviation.reason)) }
        return exchange
      }
      log.flush()
      try await readMore(until: deadline, at: stage ?? .command(.other))
    }
  }

  /// Ends the conversation when octets have come that nothing asked for: they cannot answer what is sent next.
  ///
  /// A server that shuts down, or refuses a message before it has all of it, is taken at its word.
  func refuseUnsolicited(before stage: SessionStage) async throws(SessionFailure) {
    switch await connection?.receiveAvailable() {
    case .arrived(let arrivals)?: take(arrivals)
    case .ended(let end)? where !hasUnread: throw fail(ended(end, at: stage))
    default: break
    }
    guard hasUnread || !parser.pendingLines.isEmpty else { return }
    let deadline = deadline(in: options.timeouts.command)
    var outcome = nextOutcome()
    while outcome == nil, stage == .message {
      try await readMore(until: deadline, at: stage)
      outcome = nextOutcome()
    }
    var lines: [WireLine] = []
    switch outcome {
    case .reply(let reply)?:
      if reply.code == 421 || (stage == .message && reply.code.isFailure) { throw fail(.refused(reply, at: stage)) }
      lines = reply.lines
    case .broken(_, let broken)?: lines = broken
    case .incomplete?, nil: break
    }
    lines += parser.pendingLines + noteRemains()
    throw fail(.broken(.unsolicited(lines.flatMap(\.wireOctets)), at: stage, lines: lines))
  }

  /// What the lines that have come make, be it a reply or none; nil when more is needed.
  func nextOutcome() -> ReplyParser.Outcome? {
    while let line = nextLine() {
      let outcome = parser.receive(line)
      if outcome != .incomplete { return outcome }
    }
    return nil
  }

  private func nextParsed(at stage: SessionStage?, isLenient: Bool) throws(SessionFailure) -> Reply? {
    while let outcome = nextOutcome() {
      switch outcome {
      case .incomplete: continue
      case .reply(let reply): return reply
      case .broken(let deviation, let lines):
        log.note(.deviation(deviation.reason))
        guard isLenient, !deviation.breaksBounds, takesStray() else {
          throw fail(.broken(deviation, at: stage ?? .greeting, lines: lines))
        }
        session.receivedNonsense()
      }
    }
    return nil
  }

  private func judgeUnsolicited(_ reply: Reply, at stage: SessionStage, isLenient: Bool) throws(SessionFailure) {
    if reply.code == 421 { throw fail(.refused(reply, at: stage)) }
    let deviation = Deviation.unsolicited(reply.wireOctets)
    guard isLenient, takesStray() else { throw fail(.broken(deviation, at: stage, lines: reply.lines)) }
    log.note(.deviation(deviation.reason))
  }

  /// Counts a reply or line that answers nothing; false when there were too many of them without a word of ours.
  private func takesStray() -> Bool {
    strays += 1
    return strays <= options.maximumStrays
  }

  private func readMore(until deadline: ContinuousClock.Instant, at stage: SessionStage) async throws(SessionFailure) {
    guard let connection else { throw SessionFailure(.connEOF, at: stage, "the connection is closed") }
    switch await connection.receive(until: deadline) {
    case .arrived(let arrivals): take(arrivals)
    case .ended(let end): throw fail(foreign(at: stage) ?? ended(end, at: stage))
    case .timedOut: throw fail(foreign(at: stage) ?? timedOut(at: stage), isSilence: true)
    case .cancelled:
      throw fail(SessionFailure(.cancelled, at: stage, "stopped while waiting for the reply to \(stage)"))
    }
  }

  /// The failure of a greeting that has no line end and begins as no reply does: the server speaks something else.
  private func foreign(at stage: SessionStage) -> SessionFailure? {
    guard stage == .greeting, let deviation = parser.judge(beginning: framer.peek(upTo: 512)) else { return nil }
    return .broken(deviation, at: stage, lines: [])
  }
}

extension Deviation {
  /// What the event `deviation` says.
  var reason: EventReason { EventReason(name, sentence) }
}
