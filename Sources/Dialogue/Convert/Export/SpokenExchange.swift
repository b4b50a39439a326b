import SMTPWire

/// A line of the client and the reply to it.
struct SpokenExchange: Hashable {
  /// Nil for what the server said unasked, as its greeting.
  let command: OutgoingLine?
  let sent: Duration
  /// Whether it was sent before the line ahead of it had its reply.
  let isPipelined: Bool
  /// Whether TLS was there.
  let isSecure: Bool
  var reply: Reply?
  var replied = Duration.zero

  /// The verb, and what is behind it.
  var parsed: Command { Command(command?.writtenOctets ?? []) }
}

/// A message that the client sent.
struct SpokenMessage: Hashable {
  /// As it was before its dots were doubled.
  var octets: [UInt8] = []
  /// Whether its end is there, and no part was left out of the dialogue.
  var isWhole = false
}

extension OutgoingLine {
  /// The octets, each secret as its variable.
  var writtenOctets: [UInt8] {
    parts.flatMap { part in
      switch part {
      case .octets(let octets): octets
      case .secret(let secret): Array(secret.description.utf8)
      }
    }
  }
}

/// Follows a dialogue, and pairs commands with replies.
struct SpokenWalk {
  private(set) var exchanges: [SpokenExchange] = []
  private(set) var messages: [SpokenMessage] = []
  /// Events in their order, with the number of exchanges before them.
  private(set) var events: [(event: SessionEvent, index: Int)] = []
  private(set) var steps: [(words: [String], index: Int)] = []
  private(set) var end = Duration.zero

  private var tracker = SentLineTracker()
  private var unanswered: [Int] = []
  private var replyLines: [WireLine] = []
  private var isInBody = false
  /// Whether a part of the message was left out of the dialogue.
  private var isElided = false
  private var isSecure = false

  init(_ dialogue: Dialogue) {
    var time = Duration.zero
    for line in dialogue.lines {
      time = line.time ?? time
      end = max(end, time)
      read(line, time)
    }
  }

  private mutating func read(_ line: DialogueLine, _ time: Duration) {
    switch line.event {
    case .sent(let outgoing): sent(outgoing, line.content, time)
    case .received(let wire): received(wire, time)
    case .event(let event): happened(event)
    case .note(let text): if text.hasPrefix("the message"), text.hasSuffix("is not in the source") { isElided = true }
    case nil:
      if line.kind == .step { steps.append((line.words.map(\.text), exchanges.count)) }
      if line.kind == .step, line.words.first?.elementsEqual("tls".utf8) == true { isSecure = true }
    }
  }

  private mutating func sent(_ line: OutgoingLine, _ text: DialogueText, _ time: Duration) {
    let wasInMessage = tracker.isInMessage
    let isChunk = exchanges.last?.parsed.verb == .bdat
    let before = tracker.awaited.count
    tracker.send(text)
    if wasInMessage { body(line, isChunk: isChunk) }
    guard tracker.awaited.count > before else { return }
    unanswered.append(exchanges.count)
    let isPipelined = unanswered.count > 1
    exchanges.append(SpokenExchange(command: line, sent: time, isPipelined: isPipelined, isSecure: isSecure))
    if !wasInMessage { begin(exchanges[exchanges.count - 1].parsed) }
  }

  /// A command may begin a message, or go on with one in chunks.
  private mutating func begin(_ command: Command) {
    switch command.verb {
    case .data: messages.append(SpokenMessage())
    case .bdat:
      if !isInBody { messages.append(SpokenMessage()) }
      isInBody = command.words.last?.equalsIgnoringCase("LAST") != true
      messages[messages.count - 1].isWhole = !isInBody
    default: isInBody = false
    }
    if command.verb == .data { (isInBody, isElided) = (true, false) }
  }

  private mutating func body(_ line: OutgoingLine, isChunk: Bool) {
    guard !messages.isEmpty else { return }
    let last = messages.count - 1
    let octets = line.writtenOctets
    if isChunk {
      messages[last].octets += octets + line.ending.octets
    } else if !tracker.isInMessage {
      messages[last].isWhole = !isElided
      isInBody = false
    } else {
      messages[last].octets += octets.dropFirst(octets.first == UInt8(ascii: ".") ? 1 : 0) + line.ending.octets
    }
  }

  private mutating func received(_ line: WireLine, _ time: Duration) {
    replyLines.append(line)
    let separator = line.octets.dropFirst(3).first
    guard separator != UInt8(ascii: "-") else { return }
    defer { replyLines = [] }
    guard let code = ReplyCode(octets: line.octets.prefix(3)) else { return }
    let reply = Reply(code: code, lines: replyLines)
    _ = tracker.receive(reply)
    guard !unanswered.isEmpty else {
      guard exchanges.isEmpty || code == 421 else { return }
      exchanges.append(
        SpokenExchange(command: nil, sent: time, isPipelined: false, isSecure: isSecure, reply: reply, replied: time))
      return
    }
    let index = unanswered.removeFirst()
    exchanges[index].reply = reply
    exchanges[index].replied = time
    if exchanges[index].parsed.verb == .data, code.severity != .intermediate, messages.last?.octets.isEmpty == true {
      messages.removeLast()
      isInBody = false
    }
    if exchanges[index].parsed.verb == .starttls, code == 220 { isSecure = true }
  }

  private mutating func happened(_ event: SessionEvent) {
    events.append((event, exchanges.count))
    switch event {
    case .elided: isElided = true
    case .tls: isSecure = true
    case .connected:
      tracker = SentLineTracker()
      (unanswered, isSecure, isInBody) = ([], false, false)
    default: break
    }
  }
}
