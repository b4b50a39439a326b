import SMTPWire

// What to do next.
extension DialoguePlayer {
  /// Plays on until something has to be done.
  ///
  /// Many items without anything to do have a wait of no time between them, in which the driver can look at its clock.
  mutating func advance() -> PlayerAction {
    silentWork = 0
    while true {
      if !tasks.isEmpty { return begin(tasks.removeFirst()) }
      if filler != nil { return sendRun() }
      if stepAwaitsVerdict, position >= script.items.count || !script.items[position].judgesReply {
        stepAwaitsVerdict = false
        if let reply = lastReply { return judge(reply, by: ReplyExpectation(code: "2yz", at: number)) }
      }
      guard position < script.items.count else { return end() }
      if let action = play(script.items[position]) { return action }
      silentWork += 1
      if silentWork >= Self.maximumSilentWork, !stepAwaitsVerdict {
        state = .waiting
        return .wait(.zero)
      }
    }
  }

  /// Reads the replies that no line expects, and is done.
  private mutating func end() -> PlayerAction {
    guard isConnected, !sent.awaited.isEmpty else { return finish() }
    return read(.draining)
  }

  /// Plays one item; nil when nothing has to be done for it.
  private mutating func play(_ item: DialogueScript.Item) -> PlayerAction? {
    switch item.content {
    case .event: return pass(item)
    case .branch(let condition, _):
      begin(item)
      if needsReplies(condition) { return read(.draining) }
      if condition.judgesReply { stepAwaitsVerdict = false }
      return turn(item)
    case .jump, .loop, .again: return turn(item)
    case .step(.assign(let name, let text)):
      begin(item)
      position += 1
      return assign(name, text)
    case .client, .reply, .pattern, .step: break
    }
    begin(item)
    if !isConnected, item.content != .step(.connect) {
      return fail("The connection was closed before this line; `> connect` opens one.")
    }
    switch item.content {
    case .client:
      if sent.awaited.first == .greeting { return read(.draining) }
      return fits(script.line(of: item).content) ? sendRun() : failOverlong()
    case .reply: return script.expectation(of: item).flatMap { expect($0) }
    case .step(let step): return begin(step)
    default: return playPattern(item)
    }
  }

  /// Goes where an item says that the play goes on.
  private mutating func turn(_ item: DialogueScript.Item) -> PlayerAction? {
    let situation = situation
    let move = cursor.follow(item.content) { $0.holds(in: situation) }
    guard move == .tooManyRounds else { return nil }
    begin(item)
    return fail("The script repeats its lines more than \(DialogueStep.maximumRounds) times.")
  }

  private mutating func playPattern(_ item: DialogueScript.Item) -> PlayerAction? {
    if let pattern = script.pattern(of: item) { return match(pattern) }
    position += 1
    return nil
  }

  private mutating func expect(_ expectation: ReplyExpectation) -> PlayerAction {
    position += 1
    guard stepAwaitsVerdict, let reply = lastReply else { return read(.expecting(expectation)) }
    stepAwaitsVerdict = false
    return judge(reply, by: expectation)
  }

  /// Matches the next reply; where every command has its reply, the last one once more.
  private mutating func match(_ pattern: ReplyPattern) -> PlayerAction? {
    position += 1
    guard stepAwaitsVerdict || sent.awaited.isEmpty, let reply = lastReply else { return read(.matching(pattern)) }
    if stepAwaitsVerdict { stepAwaitsVerdict = false }
    guard let captures = pattern.captures(in: reply.lines) else { return judge(reply, by: pattern) }
    keep(captures)
    return nil
  }

  /// Makes sure that a condition holds.
  private mutating func demand(_ condition: ScriptCondition) -> PlayerAction? {
    if needsReplies(condition) { return read(.draining) }
    position += 1
    if condition.judgesReply { stepAwaitsVerdict = false }
    guard let sentence = condition.mismatch(in: situation) else { return nil }
    return fail(sentence, got: condition.judgesReply ? lastReply?.lines ?? [] : [])
  }

  /// Gives a variable its value.
  private mutating func assign(_ name: String, _ text: DialogueText) -> PlayerAction? {
    guard fits(text) else { return failOverlong() }
    let text = substituted(text)
    let octets = situation.octets(text)
    guard octets.count <= Self.maximumValue, text.segments.count <= Self.maximumValue else {
      return fail("The value of \(name) is longer than \(Self.maximumValue) octets.")
    }
    assignedOctets += octets.count - (variables[name]?.count ?? 0)
    guard assignedOctets <= Self.maximumValues else {
      return fail("The values of all variables are longer than \(Self.maximumValues) octets.")
    }
    silentWork += (octets.count + text.segments.count) / 1_000
    assigned[name] = text
    variables[name] = octets
    return nil
  }

  private mutating func read(_ state: State) -> PlayerAction {
    self.state = state
    answered = sent.awaited.first ?? .unprompted
    return .awaitReply(answered)
  }

  /// What an event means for who plays it again; most are for the reader alone.
  private mutating func pass(_ item: DialogueScript.Item) -> PlayerAction? {
    position += 1
    switch script.event(of: item) {
    case .connecting where !isConnected, .connected where !isConnected:
      begin(item)
      return connect()
    case .closed(.us, _) where isConnected:
      state = .closing
      return .close
    case .closed where isConnected, .reset where isConnected:
      begin(item)
      state = .awaitingClose
      return .expectClose
    case .timeout: sent.forgetAwaited()
    case .elided(let data) where isConnected && sent.isInMessage:
      begin(item)
      filler = FillerLines(left: data.count)
    default: break
    }
    return nil
  }
}

// Lines.
extension DialoguePlayer {
  /// Sends the client's lines up to the next line of another kind, or as many as one write holds.
  private mutating func sendRun() -> PlayerAction {
    var send = PlayerSend(lines: [], number: number, file: file)
    var count = 0
    while count < Self.maximumWrite, let line = nextLine() {
      if sent.isInMessage { send.holdsMessage = true }
      sent.send(line)
      send.lines.append(line)
      count += line.octets.count + 2
    }
    return write(send)
  }

  private mutating func write(_ send: PlayerSend) -> PlayerAction {
    state = .sending
    (isBehindReply, isBehindHandshake) = (false, false)
    return .send(send)
  }

  /// The next line of a run; nil where something else stands.
  private mutating func nextLine() -> DialogueText? {
    while true {
      if let line = filler?.next() { return line }
      filler = nil
      guard position < script.items.count else { return nil }
      let item = script.items[position]
      switch item.content {
      case .client:
        guard fits(script.line(of: item).content) else { return nil }
        position += 1
        return substituted(script.line(of: item).content)
      case .event:
        guard let event = script.event(of: item), !event.acts else { return nil }
        position += 1
        if case .elided(let data) = event, sent.isInMessage { filler = FillerLines(left: data.count) }
      default: return nil
      }
    }
  }

  private mutating func sendRaw(_ text: DialogueText, isBytewise: Bool) -> PlayerAction {
    guard fits(text) else { return failOverlong() }
    var send = PlayerSend(lines: substituted(text).framed, number: number, file: file, isBytewise: isBytewise)
    send.holdsMessage = sent.isInMessage
    for line in send.lines { sent.send(line) }
    return write(send)
  }
}

// Steps.
extension DialoguePlayer {
  private mutating func begin(_ task: Task) -> PlayerAction {
    switch task {
    case .send(let line):
      sent.send(line)
      return write(PlayerSend(lines: [substituted(line)], number: number, file: file))
    case .expect(let expectation): return read(.expecting(expectation))
    case .shakeHands:
      state = .shakingHands
      return .startTLS
    case .sayEHLO:
      tasks.insert(.expect(ReplyExpectation(code: "250", at: number)), at: 0)
      let name = DialogueText([.octets(Array("EHLO ".utf8)), .variable(DialogueScript.clientName)])
      return begin(.send(sent.lastEHLO ?? name))
    }
  }

  private mutating func begin(_ step: DialogueStep) -> PlayerAction? {
    if step.needsQuiet, !sent.awaited.isEmpty { return read(.draining) }
    if case .raw = step, sent.awaited.first == .greeting { return read(.draining) }
    // Only in front of the greeting can a handshake begin while a reply is owed (RFC 8314 §3).
    if step == .tls, let owed = sent.awaited.first, owed != .greeting { return read(.draining) }
    if case .expect(let condition) = step { return demand(condition) }
    position += 1
    isBehindReply = false
    switch step {
    case .connect: return connect()
    // Behind the 220 of STARTTLS the handshake has been done already.
    case .tls: return isBehindHandshake ? nil : begin(.shakeHands)
    case .startTLS: return beginSTARTTLS()
    case .quit: return beginQUIT()
    case .authenticate(let mechanism):
      (state, answered) = (.stepping, .command(Command("AUTH")))
      return .authenticate(mechanism: mechanism)
    case .message(let file):
      (state, answered) = (.stepping, .messageEnd)
      return .sendMessage(file: file)
    case .wait(let duration):
      state = .waiting
      return .wait(duration)
    case .drop, .reset:
      state = .closing
      return step == .drop ? .close : .reset
    case .raw(let text, let isBytewise): return sendRaw(text, isBytewise: isBytewise)
    // These are items of their own kinds.
    case .pipeline, .assign, .branch, .otherwise, .repetition, .end, .include, .expect: return nil
    }
  }

  private mutating func beginSTARTTLS() -> PlayerAction {
    tasks = sent.hasSentEHLO ? [] : [.sayEHLO]
    var expectation = ReplyExpectation(code: "220", at: number)
    if position < script.items.count, let written = script.expectation(of: script.items[position]) {
      expectation = written
      position += 1
    }
    tasks += [.send(DialogueText("STARTTLS")), .expect(expectation), .sayEHLO]
    return begin(tasks.removeFirst())
  }

  private mutating func beginQUIT() -> PlayerAction {
    if position >= script.items.count || !script.items[position].isExpectation {
      tasks = [.expect(ReplyExpectation(code: "2yz", at: number))]
    }
    return begin(.send(DialogueText("QUIT")))
  }
}

extension SessionEvent {
  /// Whether it asks for something when it is played between the client's lines.
  fileprivate var acts: Bool {
    switch self {
    case .connecting, .connected, .closed, .reset, .timeout: true
    default: false
    }
  }
}

extension DialogueStep {
  /// Whether all replies must have come before it: it holds an exchange of its own.
  fileprivate var needsQuiet: Bool {
    switch self {
    case .startTLS, .authenticate, .message, .quit: true
    default: false
    }
  }
}
