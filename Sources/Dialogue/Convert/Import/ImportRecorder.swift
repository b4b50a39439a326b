import SMTPWire

/// Takes down what a converter hears: it hides secrets where they are said, and marks where a message is missing.
struct ImportRecorder {
  private enum Body: Hashable {
    case none
    /// Behind DATA; whether the line before ended in CRLF.
    case data(atLineStart: Bool)
    /// What is left of a BDAT chunk, in octets.
    case chunk(Int)
  }

  /// What was heard, in order.
  private(set) var events: [TimedEvent] = []
  /// Sentences about what the source does not show, each once.
  private(set) var notes: [String] = []
  /// The time of the next event.
  private(set) var time = Duration.zero
  /// The number of lines of each side.
  private(set) var clientLines = 0
  private(set) var serverLines = 0
  /// Whether each octet of the client is in the source, so that a message without its end has none.
  let isExact: Bool

  private var body = Body.none
  private var bodyLines = 0
  private var isDataAccepted = false
  private var unseenOctets: Int?
  /// The commands without a reply, oldest first; `.other` also stands for the end of a message.
  private var awaited: [Command.Verb] = []
  private var awaitedHead = 0
  private var authentication: ImportAuthentication?

  init(isExact: Bool = false) { self.isExact = isExact }

  /// Whether the client's next line is part of a message.
  var isInMessage: Bool { body != .none }
  /// Whether DATA was answered by 354 and its message has not ended.
  var isMessageDue: Bool { isDataAccepted && body != .none }
  /// Whether the client's next line answers a challenge.
  var expectsResponse: Bool { authentication?.hasChallenge == true }

  /// Sets the time of what follows; a time before that of the last event is ignored.
  mutating func move(to time: Duration) { self.time = max(self.time, time) }

  /// Adds a sentence about what the source does not show.
  mutating func note(_ sentence: String) {
    if !notes.contains(sentence), notes.count < 50 { notes.append(sentence) }
  }

  /// Adds a remark at this place.
  mutating func remark(_ text: String) { add(.note(text)) }

  /// Adds an event.
  mutating func event(_ event: SessionEvent) {
    add(.event(event))
  }

  /// Tells that a stretch of a message was sent which the source does not show; nil for a number of octets unknown.
  mutating func unseenMessage(octets: Int?) {
    if isMessageDue, let octets { unseenOctets = (unseenOctets ?? 0) + octets }
  }

  private mutating func add(_ event: DialogueEvent) { events.append(TimedEvent(time, event)) }
}

// The client's lines.
extension ImportRecorder {
  /// Takes down a line of the client.
  mutating func client(_ octets: some Collection<UInt8>, ending: WireLine.Ending = .crlf) {
    clientLines += 1
    let octets = Array(octets)
    switch body {
    case .none: command(octets, ending)
    case .data(let atLineStart):
      add(.sent(OutgoingLine(octets, ending: ending)))
      bodyLines += 1
      if atLineStart, ending == .crlf, octets == [UInt8(ascii: ".")] {
        endMessage()
      } else {
        body = .data(atLineStart: ending == .crlf)
      }
    case .chunk(let left):
      add(.sent(OutgoingLine(octets, ending: ending)))
      let rest = left - octets.count - ending.octets.count
      body = rest > 0 ? .chunk(rest) : .none
    }
  }

  private mutating func endMessage() {
    awaited.append(.other)
    body = .none
    isDataAccepted = false
    unseenOctets = nil
  }

  private mutating func command(_ octets: [UInt8], _ ending: WireLine.Ending) {
    let command = Command(octets)
    if var authentication, authentication.hasChallenge || command.verb == .other {
      add(.sent(authentication.response(octets, ending)))
      self.authentication = authentication
      return awaited.append(.auth)
    }
    awaited.append(command.verb)
    switch command.verb {
    case .auth:
      authentication = ImportAuthentication(command)
      return add(.sent(ImportAuthentication.marked(octets, command, ending)))
    case .data:
      body = .data(atLineStart: true)
      (bodyLines, isDataAccepted, unseenOctets) = (0, false, nil)
    case .bdat:
      let size = command.words.first.flatMap { ImportNumber.decimal($0) } ?? 0
      body = size > 0 ? .chunk(size) : .none
      bodyLines = 0
    default: break
    }
    add(.sent(ImportAuthentication.withoutStrayResponse(octets, ending)))
  }
}

// The server's lines.
extension ImportRecorder {
  /// Takes down a line of the server.
  mutating func server(_ octets: some Collection<UInt8>, ending: WireLine.Ending = .crlf) {
    serverLines += 1
    let octets = Array(octets)
    let code = ReplyCode(octets: octets.prefix(3))
    if !isExact, let code { completeMessage(before: code) }
    add(.received(WireLine(octets, ending: ending)))
    let separator = octets.dropFirst(3).first
    guard let code, ending != .none, separator == nil || separator == 0x20 else { return }
    replied(code)
  }

  /// The server answers a message, so the client has sent it whole, be it in the source or not.
  private mutating func completeMessage(before code: ReplyCode) {
    switch body {
    case .none: return
    case .data:
      guard isDataAccepted, code != 421 else { return }
      if bodyLines == 0 { tellMissing() }
      client([UInt8(ascii: ".")])
    case .chunk:
      guard code != 421, awaited.count - awaitedHead <= 1 else { return }
      tellMissing()
      body = .none
    }
  }

  private mutating func tellMissing() {
    let size = unseenOctets.map { " (\($0) octets)" } ?? ""
    remark("the message\(size) is not in the source")
    note("a message that the client sent is not in the source; a remark stands in its place")
  }

  private mutating func replied(_ code: ReplyCode) {
    var answered: Command.Verb?
    if awaitedHead < awaited.count {
      answered = awaited[awaitedHead]
      awaitedHead += 1
      if awaitedHead > 1000 {
        awaited.removeFirst(awaitedHead)
        awaitedHead = 0
      }
    }
    if code == 354, answered != .auth, case .data = body {
      isDataAccepted = true
    } else if answered == .data, code.severity != .intermediate, !isDataAccepted {
      body = .none
    }
    guard answered == .auth || (answered == nil && authentication != nil) else { return }
    authentication?.hasChallenge = code == 334
    if code == 235, let login = authentication?.identity { event(login) }
    if code != 334 { authentication = nil }
  }
}
