package import Diagnosis
package import Dialogue
package import SASL
package import SMTPSession
package import SMTPWire

/// A session as rows, made of its events; live, recorded and replayed sessions are the same.
package struct SessionLog: Sendable {
  /// More rows than this are counted and not kept: the recording has them.
  package static let maximumRows = 200_000

  /// The rows, oldest first.
  package private(set) var rows: [LogRow] = []
  /// The replies that answered something, in their order.
  package private(set) var exchanges: [ClientSession.Exchange] = []
  /// What the client knows of the session.
  package private(set) var session: ClientSession
  /// The steps of the session so far.
  package private(set) var ribbon = PhaseRibbon()
  /// What TLS has agreed on and shown.
  package private(set) var tls = TLSFacts()
  /// Who was authenticated; empty before.
  package private(set) var identity = ""
  /// When the last event happened, since the session began.
  package private(set) var lastTime = Duration.zero
  /// Whether the connection is over.
  package private(set) var isClosed = false
  /// The events that were not kept.
  package private(set) var dropped = 0
  /// In what state the session was at each of the exchanges.
  package private(set) var situations: [SessionSituation] = []
  /// What the challenges and answers of AUTH hold, by the numbers of their rows.
  package private(set) var decodings: [Int: SASLExchangeDecoder.Entry.Content] = [:]
  /// Whether asterisks stand in the place of the secrets that were sent.
  package private(set) var hasForgotten = false
  private var decoder = SASLExchangeDecoder()
  private var parser = ReplyParser()
  private var firstReplyRow: Int?
  private var questions: [(time: Duration, row: Int)] = []
  private var lastStep = Duration.zero
  private var knownExtensions: [String]?
  private var messageStart: Int?

  /// Begins a session; with `isSecured`, TLS came before the greeting.
  package init(isSecured: Bool = false) {
    session = ClientSession(isSecured: isSecured)
  }

  /// The last reply that answered something.
  package var lastReply: Reply? { session.lastReply }

  /// The row of a number; nil when there is none.
  package func row(number: Int) -> LogRow? { rows.indices.contains(number - 1) ? rows[number - 1] : nil }

  /// The exchange that a row is part of: the reply's own, or the one that answers a sent line.
  package func exchange(of row: LogRow) -> ClientSession.Exchange? {
    (row.exchange ?? row.answer).flatMap { exchanges.indices.contains($0) ? exchanges[$0] : nil }
  }

  /// Puts asterisks in the place of the secrets that were sent.
  package mutating func forgetSecrets() {
    for index in rows.indices {
      if case .sent(let line) = rows[index].event, line.hasSecret {
        rows[index] = rows[index].saying(.sent(line.forgotten))
        hasForgotten = true
      }
    }
    for case (let number, .decoded(let decoded)) in decodings { decodings[number] = .decoded(decoded.forgotten) }
  }

  /// Notes that the session is over, where no event tells so.
  package mutating func end() {
    isClosed = true
    if ribbon.past.isEmpty { ribbon.note(.connect, .failed) }
  }

  /// What the reply means that a row is part of, or that answers it; nil where there is none.
  package func explanation(of row: LogRow, target: Target? = nil) -> Explanation? {
    guard let index = row.exchange ?? row.answer, exchanges.indices.contains(index) else {
      return eventExplanation(of: row, target)
    }
    var situation = situations[index]
    situation.target = target
    var explanation = Explanation(ReplyExplainer.explain(exchanges[index].reply, in: situation))
    // What the server said within its challenge, as OAuth's reason for a refusal, comes before what 334 says.
    if case .decoded(let decoded) = decodings[row.number], row.exchange != nil {
      let notes = decoded.notes.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
      explanation.text = (notes + [explanation.text]).joined(separator: " ")
    }
    return explanation
  }

  private func eventExplanation(of row: LogRow, _ target: Target?) -> Explanation? {
    switch row.event {
    case .event(let event):
      let before = rows[..<min(rows.count, row.number)]
      let reply = before.last { $0.exchange != nil }?.exchange.map { exchanges[$0].reply }
      let awaited = row.number == rows.count || isClosed ? session.awaiting : nil
      return EventExplanation.explain(event, after: reply, awaited: awaited, target: target)
    case .sent(let line) where row.answer == nil && row.asks:
      let command = Command(line.octets).verb.rawValue
      return Explanation(
        title: "no reply", clause: "RFC 5321 4.5.3.2",
        text: isClosed
          ? "The connection ended before \(command) was answered." : "\(command) was sent; its reply has not come yet.")
    default: return RowText.explanation(of: row)
    }
  }

  /// Takes the next event in, and says what a reply that it completes means for the session.
  @discardableResult
  package mutating func append(_ timed: TimedEvent) -> ClientSession.Exchange? {
    lastTime = max(lastTime, timed.time)
    guard rows.count < Self.maximumRows else {
      dropped += 1
      return nil
    }
    rows.append(LogRow(number: rows.count + 1, time: timed.time, event: marked(timed.event)))
    switch rows[rows.count - 1].event {
    case .sent(let line): sent(line, at: timed.time)
    case .received(let line): return received(line, at: timed.time)
    case .event(let event): happened(event, at: timed.time)
    case .note: break
    }
    return nil
  }

  /// An event in which a line of AUTH is marked secret, where whoever wrote it down has not done so.
  private func marked(_ event: DialogueEvent) -> DialogueEvent {
    guard case .sent(let line) = event, !session.isInMessage, !line.hasSecret else { return event }
    return .sent(session.marked(line.octets, ending: line.ending))
  }

  /// Names the parts of a line that belongs to AUTH.
  private mutating func decode(_ line: OutgoingLine) {
    // A recording has a variable in the place of the answer: that there was one is all that is known.
    let isKnown = !line.parts.contains { if case .secret(let secret) = $0 { secret.isEmpty } else { false } }
    let content = decoder.decode(isKnown ? line.octets : line.octets + [UInt8(ascii: "=")])
    if isKnown { decodings[rows.count] = content }
  }

  private mutating func sent(_ line: OutgoingLine, at time: Duration) {
    let wasInMessage = session.isInMessage
    if session.awaitsResponse || !wasInMessage && Command(line.octets).verb == .auth { decode(line) }
    let answer = session.sent(line)
    if wasInMessage, answer == nil {
      rows[rows.count - 1].isMessage = true
      if messageStart == nil { messageStart = rows.count - 1 }
    }
    if answer != nil {
      rows[rows.count - 1].asks = true
      foldMessage()
      questions.append((time, rows.count - 1))
      lastStep = time
    }
  }

  private mutating func received(_ line: WireLine, at time: Duration) -> ClientSession.Exchange? {
    if firstReplyRow == nil { firstReplyRow = rows.count - 1 }
    switch parser.receive(line) {
    case .incomplete:
      return nil
    case .broken:
      for index in (firstReplyRow ?? rows.count - 1)..<rows.count { rows[index].problem = .permanentFailure }
      firstReplyRow = nil
      return nil
    case .reply(let reply):
      return completed(reply)
    }
  }

  private mutating func completed(_ reply: Reply) -> ClientSession.Exchange? {
    let first = firstReplyRow ?? rows.count - 1
    firstReplyRow = nil
    let exchange = session.received(reply)
    let question = exchange?.stage == .greeting || questions.isEmpty ? nil : questions.removeFirst()
    let asked = question?.time ?? lastStep
    for index in first..<rows.count {
      rows[index].code = reply.code
      rows[index].problem = Self.problem(of: reply, isSolicited: exchange != nil)
    }
    rows[first].elapsed = rows[first].time - min(asked, rows[first].time)
    lastStep = rows[rows.count - 1].time
    guard let exchange else { return nil }
    exchanges.append(exchange)
    if exchange.stage == .command(.auth) || exchange.stage == .authResponse, let last = reply.lines.last {
      decodings[rows.count] = decoder.decode(last.octets)
    }
    situations.append(SessionSituation(stage: exchange.stage, session: session))
    for index in first..<rows.count { rows[index].exchange = exchanges.count - 1 }
    if let question { rows[question.row].answer = exchanges.count - 1 }
    fold(first, reply, exchange.stage)
    ribbon.note(exchange, session: session)
    return exchange
  }

  private mutating func happened(_ event: SessionEvent, at time: Duration) {
    tls.note(event)
    let index = rows.count - 1
    switch event {
    case .connecting:
      lastStep = time
    case .connected:
      measure(index, time)
      ribbon.note(.connect, .done)
    case .connectFailed:
      measure(index, time)
      rows[index].problem = .permanentFailure
      ribbon.note(.connect, .failed)
    case .tls:
      measure(index, time)
      if !tls.isVerified { rows[index].problem = .warning }
      session.secured()
      ribbon.note(.secure, tls.isVerified ? .done : .doubtful)
    case .unverified,
      .tlsFailed where tls.isUp:
      rows[index].problem = .warning
    case .tlsFailed:
      measure(index, time)
      rows[index].problem = .permanentFailure
      ribbon.note(.secure, .failed)
    case .authenticated(_, let user): identity = user
    case .deviation: rows[index].problem = .warning
    case .timeout, .reset, .injected, .truncated, .failed: rows[index].problem = .permanentFailure
    default: break
    }
    switch event {
    case .closed, .reset, .timeout, .connectFailed: isClosed = true
    default: break
    }
  }

  private mutating func measure(_ index: Int, _ time: Duration) {
    rows[index].elapsed = time - min(lastStep, time)
    lastStep = time
  }

  /// Replies to EHLO after the first are shown as what changed; other long replies by their size.
  private mutating func fold(_ first: Int, _ reply: Reply, _ stage: SessionStage) {
    let hidden = rows.count - 1 - first
    var summary: String?
    if case .command(.ehlo) = stage, reply.code.isCompletion {
      let now = Capabilities(reply).keywords.map(\.name)
      summary = knownExtensions.map { Self.difference(from: $0, to: now) }
      knownExtensions = now
    }
    if summary == nil, hidden > 15 { summary = "" }
    guard let summary, hidden > 0 else { return }
    rows[first].fold = LogRow.Fold(hidden: hidden, summary: summary)
    for index in (first + 1)..<rows.count { rows[index].foldHead = first + 1 }
  }

  private mutating func foldMessage() {
    defer { messageStart = nil }
    guard let start = messageStart else { return }
    let end = rows.lastIndex { $0.isMessage } ?? start
    guard end - start > 8 else { return }
    rows[start].fold = LogRow.Fold(hidden: end - start, summary: "")
    for index in (start + 1)...end { rows[index].foldHead = start + 1 }
  }

  private static func problem(of reply: Reply, isSolicited: Bool) -> LogRow.Problem? {
    switch reply.code.severity {
    case .transientFailure: .transientFailure
    case .permanentFailure: .permanentFailure
    default: isSolicited && reply.deviations.isEmpty ? nil : .warning
    }
  }

  /// `+AUTH −STARTTLS`: the keywords that came and went; `same` when none did.
  private static func difference(from old: [String], to new: [String]) -> String {
    let came = new.filter { !old.contains($0) }.map { "+" + $0 }
    let went = old.filter { !new.contains($0) }.map { "−" + $0 }
    let changes = came + went
    if changes.isEmpty { return "same" }
    return changes.prefix(8).joined(separator: " ") + (changes.count > 8 ? " …" : "")
  }
}
