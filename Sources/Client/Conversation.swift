import Dialogue
import Network
package import SMTPSession
package import SMTPWire
package import TLSEngine

/// One SMTP conversation over a connection: sends lines, gathers replies, does the handshakes, tells every event.
///
/// What the peer does wrong comes back as a `SessionFailure`; after one, the conversation is over. Each wait has a
/// deadline for the whole reply, so a peer that drips octets gains nothing.
package actor Conversation {
  /// What the client knows of the session.
  package private(set) var session: ClientSession
  /// What TLS has agreed on; nil without TLS.
  package internal(set) var tlsFacts: TLSFacts?
  let options: ConversationOptions
  let target: Target
  var log: EventLog
  var connection: Connection?
  private var framer: LineFramer
  private var parser = ReplyParser()
  private var isOver = false

  /// Makes a conversation that is not connected. Times in its events count from `start`.
  package init(
    target: Target, options: ConversationOptions, start: ContinuousClock.Instant = .now, sink: @escaping EventSink
  ) {
    self.target = target
    self.options = options
    session = ClientSession()
    framer = LineFramer(limit: options.maximumReplyLine)
    log = EventLog(start: start, sink: sink)
  }

  /// Connects, with the handshake at once where the target wants it.
  package func connect() async throws(SessionFailure) {
    defer { log.flush() }
    session = ClientSession(isSecured: false)
    parser = ReplyParser()
    framer = LineFramer(limit: options.maximumReplyLine)
    isOver = false
    connection = try await open()
    if target.scheme == .smtps {
      try await handshake(.implicit, injectedBefore: [])
      session = ClientSession(isSecured: true)
    }
  }

  /// Writes lines in one go and notes what their replies will answer.
  ///
  /// With `checksFirst`, octets that have come before anything was asked end the conversation: they cannot be the answer.
  package func send(_ lines: [OutgoingLine], checksFirst: Bool = true) async throws(SessionFailure) {
    defer { log.flush() }
    let stage = stage(of: lines)
    if checksFirst, session.awaiting == nil { try await refuseUnsolicited(before: stage) }
    for line in lines {
      session.sent(line)
      log.note(.sent(line))
    }
    try await write(lines.flatMap(\.wireOctets), at: stage, within: options.timeouts.command)
  }

  /// Sends a message after 354: doubles its dots and adds the final one.
  package func send(_ message: MessageSource) async throws {
    defer { log.flush() }
    var encoder = DotStuffEncoder()
    var cutter = LineFramer()
    try await message.withBlocks { block in
      try await self.writeMessage(encoder.encode(block), &cutter)
    }
    let end = encoder.finish()
    session.sentEndOfMessage()
    try await writeMessage(end, &cutter)
  }

  /// The next reply and what it answers, within the time that its stage has.
  package func reply(within limit: Duration? = nil) async throws(SessionFailure) -> ClientSession.Exchange {
    let stage = session.awaiting ?? .greeting
    let deadline = ContinuousClock.now + (limit ?? options.timeouts.reply(to: stage))
    return try await reply(until: deadline, at: stage)
  }

  /// Waits without a deadline for whatever comes: for a person's session, in which the server may speak at any time.
  ///
  /// What the server does wrong is noted and the session goes on, as long as it keeps within its bounds.
  package func nextReply() async throws(SessionFailure) -> ClientSession.Exchange {
    try await reply(until: .now + .seconds(86_400 * 365), at: session.awaiting, isLenient: true)
  }

  /// Does the handshake after the 220 of STARTTLS.
  package func startTLS() async throws(SessionFailure) {
    defer { log.flush() }
    let leftOver = parser.pendingLines.flatMap(\.wireOctets) + framer.takeOctets()
    parser = ReplyParser()
    try await handshake(.upgrade(), injectedBefore: leftOver)
    session.secured()
  }

  /// Says QUIT where the session allows it, waits shortly for the answer, and closes.
  package func quit() async {
    if !isOver, connection != nil {
      do {
        try await send([OutgoingLine("QUIT")], checksFirst: false)
        while try await reply(within: options.timeouts.quit).stage != .command(.quit) {}
      } catch { isOver = true }
    }
    await close()
  }

  /// Closes; what has come and was not read as a reply is recorded first.
  package func close() async {
    noteRemains()
    guard let connection else { return log.flush() }
    self.connection = nil
    log.note("closed", "by us")
    log.flush()
    await connection.close()
  }

  /// Resets the connection, as a crash would.
  package func abort() async {
    guard let connection else { return }
    self.connection = nil
    log.note("closed", "by us, with a reset")
    log.flush()
    await connection.abort()
  }

  /// Adds an event to the recording.
  package func note(_ name: String, _ details: String) {
    log.note(name, details)
    log.flush()
  }

  /// Waits for the server to close; true when it did.
  package func awaitClose(within limit: Duration) async -> Bool {
    guard let connection else { return true }
    let deadline = ContinuousClock.now + limit
    while true {
      switch await connection.read(until: deadline) {
      case .bytes(let octets): framer.append(octets)
      case .ended(let end):
        noteEnd(end)
        return true
      case .timedOut, .cancelled: return false
      }
    }
  }

  private func open() async throws(SessionFailure) -> Connection {
    let endpoint: Endpoint = target.scheme == .unix ? .unix(path: target.host) : .tcp(host: target.host, port: target.port)
    let attempts = AttemptNotes()
    defer {
      for attempt in attempts.all { noteAttempt(attempt) }
    }
    do {
      return try await Connection.connect(
        to: endpoint, until: .now + options.timeouts.connect, localAddress: options.localAddress,
        onAttempt: { attempts.add($0) })
    } catch {
      throw SessionFailure(error.name, at: .connect, error.words)
    }
  }

  private func noteAttempt(_ attempt: ConnectAttempt) {
    switch attempt.outcome {
    case .connected: log.note("connected", attempt.address)
    case .failed(let kind): log.note("connect-failed", "\(attempt.address) \(kind)")
    }
  }

  private func stage(of lines: [OutgoingLine]) -> SessionStage {
    guard let first = lines.first else { return .command(.other) }
    return session.awaitsResponse ? .authResponse : session.isInMessage ? .message : .command(Command(first.octets).verb)
  }

  private func reply(
    until deadline: ContinuousClock.Instant, at stage: SessionStage?, isLenient: Bool = false
  ) async throws(SessionFailure) -> ClientSession.Exchange {
    defer { log.flush() }
    while true {
      if let reply = try nextParsed(at: stage, isLenient: isLenient) {
        guard let exchange = session.received(reply) else {
          try judgeUnsolicited(reply, at: stage ?? .command(.other), isLenient: isLenient)
          continue
        }
        if reply.code == 235, let identity = session.identity, let mechanism = session.mechanism {
          log.note("authenticated", "\(mechanism) \(identity)")
        }
        for deviation in reply.deviations { log.note("deviation", "\(deviation.name) \(deviation.sentence)") }
        return exchange
      }
      log.flush()
      try await readMore(until: deadline, at: stage ?? .command(.other))
    }
  }

  private func judgeUnsolicited(_ reply: Reply, at stage: SessionStage, isLenient: Bool) throws(SessionFailure) {
    if reply.code == 421 { throw fail(.refused(reply, at: stage)) }
    let deviation = Deviation.unsolicited(reply.wireOctets)
    guard isLenient else { throw fail(.broken(deviation, at: stage, lines: reply.lines)) }
    log.note("deviation", "\(deviation.name) \(deviation.sentence)")
  }

  private func nextParsed(at stage: SessionStage?, isLenient: Bool = false) throws(SessionFailure) -> Reply? {
    while let line = framer.next() {
      log.note(.received(line))
      switch parser.receive(line) {
      case .incomplete: continue
      case .reply(let reply): return reply
      case .broken(let deviation, let lines):
        log.note("deviation", "\(deviation.name) \(deviation.sentence)")
        guard isLenient, !deviation.breaksBounds else { throw fail(.broken(deviation, at: stage ?? .greeting, lines: lines)) }
        session.receivedNonsense()
      }
    }
    return nil
  }

  private func readMore(until deadline: ContinuousClock.Instant, at stage: SessionStage) async throws(SessionFailure) {
    guard let connection else { throw SessionFailure("conn.eof", at: stage, "the connection is closed") }
    switch await connection.read(until: deadline) {
    case .bytes(let octets): framer.append(octets)
    case .ended(let end): throw fail(ended(end, at: stage))
    case .timedOut: throw fail(timedOut(at: stage))
    case .cancelled: throw fail(SessionFailure("cancelled", at: stage, "stopped while waiting for the reply to \(stage)"))
    }
  }

  private func refuseUnsolicited(before stage: SessionStage) async throws(SessionFailure) {
    if let outcome = await connection?.readAvailable() {
      switch outcome {
      case .bytes(let octets): framer.append(octets)
      case .ended(let end): throw fail(ended(end, at: stage))
      case .timedOut, .cancelled: break
      }
    }
    guard framer.bufferedCount > 0 || !parser.pendingLines.isEmpty else { return }
    if let reply = try nextParsed(at: stage), reply.code == 421 { throw fail(.refused(reply, at: stage)) }
    let lines = remains(with: session.lastReply)
    throw fail(.broken(.unsolicited(lines.flatMap(\.wireOctets)), at: stage, lines: lines))
  }

  /// The octets that answer nothing, as lines; what was already recorded is not recorded again.
  private func remains(with last: Reply?) -> [WireLine] {
    var lines = parser.pendingLines
    while let line = framer.next() ?? framer.finish() {
      log.note(.received(line))
      lines.append(line)
    }
    return lines
  }

  private func writeMessage(_ octets: [UInt8], _ cutter: inout LineFramer) async throws(SessionFailure) {
    cutter.append(octets)
    while let line = cutter.next() { log.note(.sent(OutgoingLine(line.octets, ending: line.ending))) }
    try await write(octets, at: .message, within: options.timeouts.dataBlock)
    log.flush()
  }

  private func write(_ octets: [UInt8], at stage: SessionStage, within limit: Duration) async throws(SessionFailure) {
    guard let connection else { throw SessionFailure("conn.eof", at: stage, "the connection is closed") }
    guard !octets.isEmpty else { return }
    switch await connection.write(octets, until: .now + limit) {
    case .written: return
    case .ended(let end): throw fail(ended(end, at: stage))
    case .timedOut:
      throw fail(SessionFailure("timeout.write", at: stage, "timed out: the server takes no more octets of \(stage)"))
    case .cancelled: throw fail(SessionFailure("cancelled", at: stage, "stopped while sending \(stage)"))
    }
  }
}

extension Conversation {
  /// Ends the conversation: records what is left and passes the failure on.
  func fail(_ failure: SessionFailure) -> SessionFailure {
    isOver = true
    let partial = parser.pendingLines + noteRemains()
    log.note("failed", "\(failure.name) \(failure.summary)")
    log.flush()
    guard failure.lines.isEmpty, !partial.isEmpty else { return failure }
    return SessionFailure(
      failure.name, at: failure.stage, failure.summary, lines: partial, isDeliveryUncertain: failure.isDeliveryUncertain)
  }

  /// Records octets that came and did not become a reply; the last line may be cut.
  @discardableResult
  func noteRemains() -> [WireLine] {
    var lines: [WireLine] = []
    while let line = framer.next() ?? framer.finish() {
      log.note(.received(line))
      lines.append(line)
    }
    return lines
  }

  private func timedOut(at stage: SessionStage) -> SessionFailure {
    switch stage {
    case .greeting: SessionFailure("timeout.banner", at: stage, "timed out: connected, but no greeting came")
    case .endOfData: uncertain("timed out: no reply to the final dot")
    default: SessionFailure("timeout.reply", at: stage, "timed out waiting for the reply to \(stage)")
    }
  }

  private func ended(_ end: ConnectionEnd, at stage: SessionStage) -> SessionFailure {
    noteEnd(end)
    let manner = end.name == "conn.reset" ? "reset the connection" : "closed the connection"
    if stage == .endOfData { return uncertain("the server \(manner) before its reply to the final dot was complete") }
    let place = stage == .greeting ? "before its greeting was complete" : "at \(stage)"
    return SessionFailure(end.name, at: stage, "the server \(manner) \(place)\(end.suffix)")
  }

  private func uncertain(_ words: String) -> SessionFailure {
    SessionFailure(
      "delivery.uncertain", at: .endOfData, "\(words); the message may have been accepted or not",
      isDeliveryUncertain: true)
  }

  private func noteEnd(_ end: ConnectionEnd) {
    log.note(end.name == "conn.reset" ? "reset" : "closed", "by peer\(end.suffix)")
  }
}

extension ConnectionEnd {
  /// What is to be added about the end, beyond that it came.
  fileprivate var suffix: String {
    switch self {
    case .tlsTruncated: ", truncated: without TLS's closing alert"
    case .tlsFailed(let failure): ": \(failure.words)"
    default: ""
    }
  }
}
