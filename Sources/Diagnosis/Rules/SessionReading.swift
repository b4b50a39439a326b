import Dialogue
import SMTPSession
import SMTPWire

/// The events of a recording read as a session: each reply with what it answers, and where both stand.
struct SessionReading: Sendable {
  /// A reply and its command.
  struct Exchange: Sendable {
    let stage: SessionStage
    let reply: Reply
    /// The state after the reply.
    let situation: SessionSituation
    /// The place of the command; nil for the greeting.
    let sentIndex: Int?
    /// The places of the reply's lines.
    let replyIndices: ClosedRange<Int>
    /// From the moment that the server could begin on the command to the reply's last line.
    let duration: Duration
    /// Whether the command was sent while other replies were still to come.
    let wasPipelined: Bool
    /// Whether TLS was up when the command was sent.
    let wasSecured: Bool
  }

  /// Lines that are no reply to anything.
  struct Stray: Sendable {
    /// nil: a whole reply that nobody waited for.
    let deviation: Deviation?
    let indices: ClosedRange<Int>
  }

  /// A line that was sent while the session was in a state.
  struct Sent: Sendable {
    let index: Int
    let line: OutgoingLine
    let stage: SessionStage
    let isSecured: Bool
    /// What was offered at that moment.
    let capabilities: Capabilities?
  }

  let events: [TimedEvent]
  private(set) var exchanges: [Exchange] = []
  private(set) var strays: [Stray] = []
  /// The commands and answers of AUTH, but not the lines of a message.
  private(set) var sent: [Sent] = []
  /// Commands that never got a reply, with their places.
  var unanswered: [(index: Int, stage: SessionStage)] {
    lost + waiting.compactMap { waiting in waiting.index.map { ($0, waiting.stage) } }
  }
  private var lost: [(index: Int, stage: SessionStage)] = []
  private var session = ClientSession()
  private var parser = ReplyParser()
  private var replyStart: Int?
  private var waiting: [Waiting] = []
  private var lastReplyTime = Duration.zero
  /// Whether STARTTLS was answered 220 and no event has told of the handshake yet.
  private var expectsHandshake = false

  private struct Waiting: Sendable {
    let index: Int?
    let stage: SessionStage
    let time: Duration
    let wasPipelined: Bool
    let wasSecured: Bool
  }

  /// Reads all events; none of them can make it fail.
  init(_ events: [TimedEvent]) {
    self.events = events
    begin(at: events.first?.time ?? .zero)
    for index in events.indices { read(index) }
  }

  private mutating func begin(at time: Duration, isSecured: Bool = false) {
    lost += waiting.compactMap { waiting in waiting.index.map { ($0, waiting.stage) } }
    session = ClientSession(isSecured: isSecured)
    parser = ReplyParser()
    replyStart = nil
    lastReplyTime = time
    expectsHandshake = false
    waiting = [Waiting(index: nil, stage: .greeting, time: time, wasPipelined: false, wasSecured: isSecured)]
  }

  private mutating func read(_ index: Int) {
    let time = events[index].time
    switch events[index].event {
    case .sent(let line): send(line, index, time)
    case .received(let line): receive(line, index, time)
    case .event(.connected): begin(at: time)
    case .event(.tls): secure(at: time)
    default: break
    }
  }

  private mutating func secure(at time: Duration) {
    // Without a greeting before it, TLS came first (RFC 8314 §3.3) and the greeting is still due.
    if session.awaiting == .greeting { return begin(at: time, isSecured: true) }
    session.secured()
    parser = ReplyParser()
    expectsHandshake = false
  }

  private mutating func send(_ line: OutgoingLine, _ index: Int, _ time: Duration) {
    // An example from a document has no events: a line behind the 220 of STARTTLS goes through TLS.
    if expectsHandshake { secure(at: time) }
    let isPipelined = session.awaitedReplies > 0
    let capabilities = session.capabilities
    let isSecured = session.isSecured
    guard let stage = session.sent(line) else { return }
    sent.append(Sent(index: index, line: line, stage: stage, isSecured: isSecured, capabilities: capabilities))
    waiting.append(Waiting(index: index, stage: stage, time: time, wasPipelined: isPipelined, wasSecured: isSecured))
  }

  private mutating func receive(_ line: WireLine, _ index: Int, _ time: Duration) {
    let start = replyStart ?? index
    switch parser.receive(line) {
    case .incomplete: replyStart = start
    case .broken(let deviation, _):
      replyStart = nil
      strays.append(Stray(deviation: deviation, indices: start...index))
    case .reply(let reply):
      replyStart = nil
      answer(reply, start...index, time)
    }
  }

  private mutating func answer(_ reply: Reply, _ indices: ClosedRange<Int>, _ time: Duration) {
    guard let exchange = session.received(reply), !waiting.isEmpty else {
      strays.append(Stray(deviation: nil, indices: indices))
      return
    }
    let answered = waiting.removeFirst()
    let begun = max(answered.time, lastReplyTime)
    lastReplyTime = time
    expectsHandshake = exchange.consequence == .handshake
    exchanges.append(
      Exchange(
        stage: exchange.stage, reply: reply, situation: SessionSituation(stage: exchange.stage, session: session),
        sentIndex: answered.index, replyIndices: indices, duration: time > begun ? time - begun : .zero,
        wasPipelined: answered.wasPipelined, wasSecured: answered.wasSecured))
  }
}

extension SessionReading {
  /// The lines at these places as evidence, of many only the first ones.
  func evidence(_ indices: some Sequence<Int>) -> [Finding.Evidence] {
    indices.prefix(10).map { Finding.Evidence($0, events[$0].event) }
  }

  /// A command and the last line of its reply.
  func evidence(of exchange: Exchange) -> [Finding.Evidence] {
    evidence([exchange.sentIndex, exchange.replyIndices.upperBound].compactMap { $0 })
  }

  /// What is picked from the events that are no lines, with their places.
  func events<Part>(_ pick: (SessionEvent) -> Part?) -> [(index: Int, part: Part)] {
    events.indices.compactMap { index in
      guard case .event(let event) = events[index].event else { return nil }
      return pick(event).map { (index, $0) }
    }
  }

  /// The places of the events that are no lines and that `isWanted` takes.
  func places(_ isWanted: (SessionEvent) -> Bool) -> [Int] {
    events { isWanted($0) ? () : nil }.map(\.index)
  }

  /// The extensions that were used, by their keywords.
  var usedExtensions: Set<String> {
    var used: Set<String> = []
    for exchange in exchanges {
      if exchange.wasPipelined { used.insert("PIPELINING") }
      if exchange.reply.enhancedStatusCode != nil, exchange.stage != .greeting { used.insert("ENHANCEDSTATUSCODES") }
    }
    for sent in sent { used.formUnion(ParameterReading.extensions(of: sent).map(\.keyword)) }
    return used
  }
}
