import Dialogue
import Network
import SASL
package import SMTPSession
package import SMTPWire
package import TLSEngine

/// One SMTP conversation over a connection: sends lines, gathers replies, does the handshakes, tells every event.
///
/// What the peer does wrong comes back as a `SessionFailure`; after one, the conversation is over. Each wait has a
/// deadline for the whole reply, so a peer that drips octets gains nothing; the session may have one of its own.
package actor Conversation {
  /// What the client knows of the session.
  package internal(set) var session: ClientSession
  /// What TLS has agreed on; nil without TLS.
  package internal(set) var tlsFacts: TLSFacts?
  let options: ConversationOptions
  let target: Target
  var log: EventLog
  var connection: Connection?
  var framer: LineFramer
  /// The server's lines that are recorded and that nothing has looked at.
  var unread: ArraySlice<WireLine> = []
  /// When the last of the server's octets arrived.
  private var lastArrival = ContinuousClock.now
  var parser = ReplyParser()
  /// What must not be shown though the server says it.
  var mask = SecretMask()
  /// Finds the answers to AUTH that stand literally in what is sent.
  var marker = LoginMarker()
  var isOver = false
  private var tlsPreparation: Task<Result<TLSContext, TLSConfigurationFailure>, Never>?
  /// How many replies and lines came one after the other that answer nothing.
  var strays = 0
  /// When the whole session has to be over.
  private var end: ContinuousClock.Instant?

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
    marker = LoginMarker()
    framer = LineFramer(limit: options.maximumReplyLine)
    unread = []
    isOver = false
    end = options.timeouts.total.map { .now + $0 }
    connection = try await open()
    if target.scheme == .smtps {
      try await handshake(.implicit, injectedBefore: [])
      session = ClientSession(isSecured: true)
    }
  }

  /// Writes lines in one go and notes what their replies will answer.
  ///
  /// With `checksFirst`, octets that have come before anything was asked end the conversation: they cannot be the answer.
  /// `isBytewise` writes each octet by itself.
  package func send(
    _ lines: [OutgoingLine], checksFirst: Bool = true, isBytewise: Bool = false
  ) async throws(SessionFailure) {
    defer { log.flush() }
    strays = 0
    let stage = stage(of: lines)
    if checksFirst, session.awaiting == nil { try await refuseUnsolicited(before: stage) }
    for line in lines {
      let line = marker.mark(line, isText: session.isInMessage || session.chunkRemaining > 0)
      mask.add(line)
      session.sent(line)
      log.note(.sent(line))
    }
    // What reaches the server is in the recording before it leaves.
    log.flush()
    let octets = lines.flatMap(\.wireOctets)
    guard isBytewise else { return try await write(octets, at: stage, within: options.timeouts.command) }
    for octet in octets { try await write([octet], at: stage, within: options.timeouts.command) }
  }

  /// Sends a message after 354: doubles its dots and adds the final one.
  ///
  /// With `checksFirst`, whatever comes before the final dot ends the conversation: a refusal counts as one, and
  /// an acceptance counts as a deviation.
  package func send(_ message: MessageSource, checksFirst: Bool = true) async throws {
    defer { log.flush() }
    var encoder = DotStuffEncoder()
    var cutter = LineFramer()
    // The last block goes out together with the dot.
    var held: [UInt8] = []
    try await message.withBlocks { block in
      if checksFirst { try await self.refuseUnsolicited(before: .message) }
      try await self.writeMessage(held, &cutter)
      held = encoder.encode(block)
    }
    held += encoder.finish()
    if checksFirst { try await refuseUnsolicited(before: .message) }
    session.sentEndOfMessage()
    try await writeMessage(held, &cutter)
  }

  /// The next reply and what it answers, within the time that its stage has.
  package func reply(within limit: Duration? = nil) async throws(SessionFailure) -> ClientSession.Exchange {
    let stage = session.awaiting ?? .greeting
    return try await reply(until: deadline(in: limit ?? options.timeouts.reply(to: stage)), at: stage)
  }

  /// Waits without a deadline for whatever comes: for a person's session, in which the server may speak at any time.
  ///
  /// What the server does wrong is noted and the session goes on, as long as it keeps within its bounds: a flood of words
  /// that answer nothing ends it.
  package func nextReply() async throws(SessionFailure) -> ClientSession.Exchange {
    try await reply(until: .now + .seconds(86_400 * 365), at: session.awaiting, isLenient: true)
  }

  /// Makes ready for a handshake on another thread, so that it costs no time when it comes.
  package func prepareTLS() {
    tlsPreparation = tlsPreparation ?? Self.preparation(options.tls)
  }

  /// The context for a handshake, which may have been made already.
  func tlsContext() async throws(TLSConfigurationFailure) -> TLSContext {
    prepareTLS()
    guard let tlsPreparation else { return try TLSContext(options.tls) }
    return try await tlsPreparation.value.get()
  }

  private nonisolated static func preparation(
    _ configuration: TLSConfiguration
  ) -> Task<Result<TLSContext, TLSConfigurationFailure>, Never> {
    Task {
      do throws(TLSConfigurationFailure) {
        return .success(try TLSContext(configuration))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Does the handshake after the 220 of STARTTLS.
  package func startTLS() async throws(SessionFailure) {
    defer { log.flush() }
    let early = unread.flatMap(\.wireOctets)
    unread = []
    try await handshake(.upgrade(), recordedBefore: early, injectedBefore: framer.takeOctets())
    session.secured()
  }

  /// Says QUIT where the session allows it, waits shortly for the answer, and closes.
  package func quit() async {
    if !isOver, connection != nil, !session.isInMessage, !session.awaitsResponse {
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
    log.note(.closed(by: .us, ""))
    log.flush()
    await connection.close()
  }

  /// Resets the connection, as a crash would.
  package func abort() async {
    guard let connection else { return }
    self.connection = nil
    log.note(.closed(by: .us, ", with a reset"))
    log.flush()
    await connection.abort()
  }

  /// Keeps a secret out of what the server says from now on, whether it was sent or not.
  package func keep(_ secret: Secret) { mask.add(secret) }

  /// Notes a line of the server's; the line without the secrets that it sends back, which is all that others see.
  @discardableResult
  func note(_ line: WireLine, at instant: ContinuousClock.Instant? = nil) -> WireLine {
    let line = mask.masked(line)
    log.note(.received(line), at: instant ?? lastArrival)
    return line
  }

  /// Records what has arrived, before anything looks at it.
  ///
  /// Behind STARTTLS it is recorded line by line as it is looked at: what stands behind the 220 is no line of the session.
  func take(_ arrivals: [Arrival]) {
    for arrival in arrivals {
      framer.append(arrival.octets)
      lastArrival = arrival.at
      if session.awaiting == .command(.starttls) { continue }
      while let line = framer.next() { unread.append(note(line)) }
    }
    log.flush()
    guard let tell = options.onUnfinishedLine, framer.bufferedCount > 0 else { return }
    let octets = mask.releasable(Array(framer.peek(upTo: framer.limit)))
    // Behind STARTTLS a line that has ended is still here.
    if !octets.isEmpty, !octets.contains(0x0A) { tell(log.unfinished(octets, at: lastArrival)) }
  }

  /// The next of the server's lines that nothing has looked at; it is recorded.
  func nextLine() -> WireLine? {
    if let line = unread.popFirst() { return line }
    guard let line = framer.next() else { return nil }
    defer { log.flush() }
    return note(line)
  }

  /// Whether there are octets that nothing has looked at.
  var hasUnread: Bool { !unread.isEmpty || framer.bufferedCount > 0 }

  /// Waits for the server to close; true when it did. What it still says is recorded, within a bound.
  package func awaitClose(within limit: Duration) async -> Bool {
    guard let connection else { return true }
    let deadline = deadline(in: limit)
    var room = parser.maximumOctets
    while room > 0 {
      switch await connection.receive(until: deadline) {
      case .arrived(let arrivals):
        room -= arrivals.reduce(0) { $0 + $1.octets.count }
        take(arrivals)
        while nextLine() != nil {}
      case .ended(let end):
        noteEnd(end)
        return true
      case .timedOut, .cancelled: return false
      }
    }
    return false
  }

  /// The deadline of a wait: its own, or the session's where that is earlier.
  func deadline(in limit: Duration) -> ContinuousClock.Instant {
    let own = ContinuousClock.now + limit
    return end.map { min($0, own) } ?? own
  }

  /// Whether the time of the whole session is over.
  var isOverdue: Bool { end.map { .now >= $0 } ?? false }

  private func open() async throws(SessionFailure) -> Connection {
    let endpoint: Endpoint =
      target.scheme == .unix ? .unix(path: target.host) : .tcp(host: target.host, port: target.port)
    let attempts = AttemptNotes()
    defer {
      for attempt in attempts.all { noteAttempt(attempt) }
    }
    log.note(.connecting("\(endpoint)"))
    log.flush()
    do {
      return try await Connection.connect(
        to: endpoint, until: deadline(in: options.timeouts.connect), localAddress: options.localAddress,
        onAttempt: { attempts.add($0) })
    } catch {
      // Without an attempt, it is the look-up of the name that failed.
      if attempts.all.isEmpty { log.note(.connectFailed("\(endpoint)", EventReason(error.name, error.kind.words))) }
      throw isOverdue ? overdue(at: .connect) : SessionFailure(error.name, at: .connect, error.words)
    }
  }

  private func noteAttempt(_ attempt: ConnectAttempt) {
    switch attempt.outcome {
    case .connected: log.note(.connected(attempt.address))
    case .failed(let kind): log.note(.connectFailed(attempt.address, EventReason(kind.name, kind.words)))
    }
  }

  private func stage(of lines: [OutgoingLine]) -> SessionStage {
    guard let first = lines.first else { return .command(.other) }
    return session.awaitsResponse
      ? .authResponse : session.isInMessage ? .message : .command(Command(first.octets).verb)
  }
}
