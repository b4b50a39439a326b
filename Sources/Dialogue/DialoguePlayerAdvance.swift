import SMTPWire

// What to do next.
extension DialoguePlayer {
  /// Plays on until something has to be done.
  mutating func advance() -> PlayerAction {
    while true {
      if !tasks.isEmpty { return begin(tasks.removeFirst()) }
      if stepAwaitsVerdict, position >= script.items.count || !script.items[position].isExpectation {
        stepAwaitsVerdict = false
        if let reply = lastReply { return judge(reply, by: ReplyExpectation(code: "2yz", at: number)) }
      }
      guard position < script.items.count else { return end() }
      if let action = play(script.items[position]) { return action }
    }
  }

  /// Reads the replies that no line expects, and is done.
  private mutating func end() -> PlayerAction {
    guard isConnected, !sent.awaited.isEmpty else { return finish() }
    return read(.draining)
  }

  private mutating func play(_ item: DialogueScript.Item) -> PlayerAction? {
    if case .event(let name, let details) = item.content { return pass(name, details) }
    number = item.number
    if !isConnected, item.content != .step(.connect) {
      return fail("The connection was closed before this line; `> connect` opens one.")
    }
    switch item.content {
    case .client: return sent.awaited.first == .greeting ? read(.draining) : sendRun()
    case .reply(let expectation): return expect(expectation)
    case .pattern(let pattern): return match(pattern)
    case .step(let step): return begin(step)
    case .event: return nil
    }
  }

  private mutating func expect(_ expectation: ReplyExpectation) -> PlayerAction {
    position += 1
    guard stepAwaitsVerdict, let reply = lastReply else { return read(.expecting(expectation)) }
    stepAwaitsVerdict = false
    return judge(reply, by: expectation)
  }

  /// Matches the next reply; where every command has its reply, the last one once more.
  private mutating func match(_ pattern: ReplyPattern) -> PlayerAction {
    position += 1
    guard stepAwaitsVerdict || sent.awaited.isEmpty, let reply = lastReply else { return read(.matching(pattern)) }
    if stepAwaitsVerdict { stepAwaitsVerdict = false }
    guard pattern.matches(reply.lines) else { return judge(reply, by: pattern) }
    return advance()
  }

  private mutating func read(_ state: State) -> PlayerAction {
    self.state = state
    answered = sent.awaited.first ?? .unprompted
    return .awaitReply(answered)
  }

  /// What an event means for who plays it again; most are for the reader alone.
  private mutating func pass(_ name: String, _ details: [UInt8]) -> PlayerAction? {
    let number = script.items[position].number
    position += 1
    switch name {
    case "connecting" where !isConnected, "connected" where !isConnected:
      self.number = number
      return connect()
    case "closed" where isConnected && details.starts(with: "by us".utf8):
      state = .closing
      return .close
    case "closed" where isConnected, "reset" where isConnected:
      self.number = number
      state = .awaitingClose
      return .expectClose
    case "timeout": sent.forgetAwaited()
    default: break
    }
    return nil
  }
}

// Lines.
extension DialoguePlayer {
  /// Sends the client's lines up to the next line of another kind, or as many as one write holds.
  private mutating func sendRun() -> PlayerAction {
    var send = PlayerSend(lines: [], number: number)
    var count = 0
    while position < script.items.count, count < Self.maximumWrite {
      let item = script.items[position]
      guard item.content == .client else {
        guard item.isRemark else { break }
        position += 1
        continue
      }
      let line = script.dialogue.lines[item.number - 1].content
      if sent.isInMessage { send.holdsMessage = true }
      sent.send(line)
      send.lines.append(line)
      count += line.octets.count + 2
      position += 1
    }
    state = .sending
    return .send(send)
  }
}

// Steps.
extension DialoguePlayer {
  private mutating func begin(_ task: Task) -> PlayerAction {
    switch task {
    case .send(let line):
      sent.send(line)
      state = .sending
      return .send(PlayerSend(lines: [line], number: number))
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

  private mutating func begin(_ step: DialogueStep) -> PlayerAction {
    if step.needsQuiet, !sent.awaited.isEmpty { return read(.draining) }
    position += 1
    switch step {
    case .connect: return connect()
    case .tls: return begin(.shakeHands)
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
    }
  }

  private mutating func beginSTARTTLS() -> PlayerAction {
    tasks = sent.hasSentEHLO ? [] : [.sayEHLO]
    var expectation = ReplyExpectation(code: "220", at: number)
    if position < script.items.count, case .reply(let written) = script.items[position].content {
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

extension DialogueStep {
  /// Whether all replies must have come before it: it holds an exchange of its own.
  fileprivate var needsQuiet: Bool {
    switch self {
    case .startTLS, .authenticate, .message, .quit: true
    case .connect, .tls, .wait, .drop, .reset: false
    }
  }
}

extension DialogueScript.Item {
  /// Whether it is an event that asks for nothing when it is played.
  fileprivate var isRemark: Bool {
    guard case .event(let name, _) = content else { return false }
    return !["connecting", "connected", "closed", "reset", "timeout"].contains(name)
  }
}
