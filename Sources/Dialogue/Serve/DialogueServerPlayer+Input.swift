import SASL
import SMTPWire

// What comes of an action.
extension DialogueServerPlayer {
  mutating func done() -> ServerPlayerAction {
    if state == .accepting { pass() }
    return play()
  }

  mutating func receive(_ line: WireLine) -> ServerPlayerAction {
    switch state {
    case .hearing: return hear(line)
    case .answering(let expected):
      guard matcher.matchesAnswer(expected, line.octets) else {
        return refuse("The answer in the AUTH exchange is another one.", code: "535 5.7.8", got: nil)
      }
      return play()
    case .message: return hearMessage(line)
    case .awaitingClose:
      return refuse("The client sent a line where it was expected to close the connection.", got: line)
    case .idle, .accepting, .acting, .chunk, .ended: return play()
    }
  }

  mutating func receive(_ octets: [UInt8]) -> ServerPlayerAction {
    guard case .chunk(let left) = state, !octets.isEmpty, octets.count < left else { return play() }
    return begin(.chunk(left - octets.count), .awaitOctets(left - octets.count))
  }

  /// The client went, or came to nothing.
  mutating func ended(_ words: String) -> ServerPlayerAction {
    switch state {
    case .awaitingClose:
      pass()
      return play()
    case .acting where index < turns.count && turns[index].content == .expectClose:
      tasks = []
      pass()
      return play()
    default: break
    }
    for task in tasks {
      if case .fail(let failure) = task { return begin(.ended, .failed(failure)) }
      if task == .finish { return finish() }
    }
    tasks = []
    if index >= turns.count || options.order == .lenient && state != .accepting { return finish() }
    return fail("\(words) \(occasion).", got: [])
  }

  mutating func refused(_ words: String) -> ServerPlayerAction {
    // A handshake that failed in the recording is followed by nothing but the end.
    if state == .acting, index < turns.count, [.expectClose, .close, .reset].contains(turns[index].content) {
      tasks = []
      return play()
    }
    let subject = state == .accepting ? "Waiting for a client" : "The TLS handshake or the connection"
    return fail("\(subject) failed: \(OctetText.readable(Array(words.utf8)))", got: [])
  }

  private var occasion: String {
    guard index < turns.count else { return "at the end of the script" }
    if case .accept = turns[index].content { return "before a connection was there" }
    return "where \(turns[index].object) was expected"
  }
}

// Lines.
extension DialogueServerPlayer {
  private mutating func hear(_ line: WireLine) -> ServerPlayerAction {
    guard index < turns.count else { return hearBehindEnd(line) }
    switch turns[index].content {
    case .authenticate(let mechanism): return authenticate(line, mechanism)
    case .hear(let expected, isSecret: true):
      guard matcher.matchesAnswer(expected, line.octets) else {
        return refuse("The answer in the AUTH exchange is another one.", code: "535 5.7.8", got: nil)
      }
      reply(to: turns[index])
      return play()
    case .hear(let expected, isSecret: false) where matcher.matches(expected, line): return accept(line)
    default: return hearElsewhere(line)
    }
  }

  /// Answers the line that the present turn expects.
  private mutating func accept(_ line: WireLine) -> ServerPlayerAction {
    let turn = turns[index]
    (number, file) = (turn.place.line, turn.place.file)
    let command = Command(line.octets)
    if command.verb == .auth, let expected = turn.expected { return acceptAUTH(command, expected) }
    if command.verb == .bdat, let count = command.words.first.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
      count > 0
    {
      tasks.append(.readChunk(count))
    }
    reply(to: turn)
    return play()
  }

  /// In lenient order a line may stand anywhere in the script; some commands are always in order.
  private mutating func hearElsewhere(_ line: WireLine) -> ServerPlayerAction {
    let isLenient = options.order == .lenient
    if isLenient, let found = place(of: line) {
      index = found
      return turns[found].content.isAuthenticate ? hear(line) : accept(line)
    }
    let verb = Command(line.octets).verb
    if isLenient, verb == .noop || verb == .rset {
      tasks.append(.send(ServerWords.reply(to: verb)))
      return play()
    }
    if isLenient, verb == .quit { return sayGoodbye() }
    let expected = turns[index].expected.map { DialogueDiagnostic.shown($0.octets) }
    let words = expected.map { "where \($0) was expected" } ?? occasion
    return refuse("The client said \(Self.shown(line)) \(words).", got: line)
  }

  /// The next turn that awaits a line like this and was not played; else one that was.
  private func place(of line: WireLine) -> Int? {
    let isLike = { (index: Int) in
      switch turns[index].content {
      case .hear(let expected, isSecret: false): matcher.matches(expected, line)
      case .authenticate: Command(line.octets).verb == .auth
      default: false
      }
    }
    let fresh = (index..<turns.count).first { !played.contains($0) && isLike($0) }
    return fresh ?? turns.indices.first { !played.contains($0) && isLike($0) } ?? turns.indices.first(where: isLike)
  }

  private mutating func hearBehindEnd(_ line: WireLine) -> ServerPlayerAction {
    if Command(line.octets).verb == .quit { return sayGoodbye() }
    if options.order == .lenient, turns.contains(where: { $0.expected != nil }) {
      index = turns.count - 1
      return hearElsewhere(line)
    }
    return refuse("The client said \(Self.shown(line)) where the script is over.", got: line)
  }

  private mutating func sayGoodbye() -> ServerPlayerAction {
    tasks = [.send(ServerWords.reply(to: .quit)), .finish]
    return play()
  }

  private mutating func hearMessage(_ line: WireLine) -> ServerPlayerAction {
    let isDot = isAtLineStart && line.ending == .crlf && line.octets.elementsEqual(".".utf8)
    isAtLineStart = line.ending == .crlf
    guard isDot else {
      message?.receive(line)
      return begin(.message, .awaitLine(isSecret: false))
    }
    let (difference, missing) = (message?.difference, message?.missing)
    message = nil
    if let difference {
      let wanted = difference.expected.map { DialogueDiagnostic.shown($0.octets.prefix(120)) } ?? "its end"
      let sentence = "The message has \(Self.shown(difference.got)) where \(wanted) was expected."
      return refuse(sentence, code: "554 5.6.0", got: difference.got)
    }
    if let missing {
      let wanted = DialogueDiagnostic.shown(missing.octets.prefix(120))
      return refuse("The message ends where \(wanted) was expected.", code: "554 5.6.0", got: line)
    }
    reply(to: turns[index])
    return play()
  }
}

// Authentication.
extension DialogueServerPlayer {
  /// Lets a client send at once what the script has it send after a challenge, and the other way round.
  private mutating func acceptAUTH(_ command: Command, _ expected: DialogueText) -> ServerPlayerAction {
    let turn = turns[index]
    let wanted = ClientLineMatcher.initialResponse(expected)
    let came = command.words.dropFirst().first.map(Array.init)
    switch (wanted, came) {
    case (nil, nil): reply(to: turn)
    case (let wanted?, let came?):
      guard matcher.matchesAnswer(wanted, came) else { return refuseAnswer() }
      reply(to: turn)
    case (let wanted?, nil):
      tasks += [.send([WireLine("334 ")]), .hearAnswer(wanted)]
      reply(to: turn)
    case (nil, let came?):
      let next = index + 1
      guard turn.reply?.first?.octets.starts(with: "334".utf8) == true, next < turns.count,
        case .hear(let answer, isSecret: true) = turns[next].content
      else {
        reply(to: turn)
        return play()
      }
      guard matcher.matchesAnswer(answer, came) else { return refuseAnswer() }
      pass()
      reply(to: turns[next])
    }
    return play()
  }

  /// The whole of an authentication that the script leaves to the two programs: any credentials will do.
  private mutating func authenticate(_ line: WireLine, _ mechanism: String?) -> ServerPlayerAction {
    let command = Command(line.octets)
    let name = command.words.first.map { String(decoding: $0, as: UTF8.self).uppercased() }
    guard command.verb == .auth, let name, mechanism == nil || mechanism == name else { return hearElsewhere(line) }
    // Any credentials will do, so only a mechanism in which the server proves nothing can be played.
    guard var challenges = SASLMechanismTable.entry(name)?.prompts else {
      return refuse("A script cannot be the server of AUTH \(Self.shown(line)).", code: "504 5.5.4", got: line)
    }
    if command.words.count > 1, !challenges.isEmpty { challenges.removeFirst() }
    for challenge in challenges {
      tasks += [.send([WireLine(Array("334 ".utf8) + Base64.encode(Array(challenge.utf8)))]), .hearAnswer(nil)]
    }
    reply(to: turns[index])
    return play()
  }

  private mutating func refuseAnswer() -> ServerPlayerAction {
    refuse("The credentials that the client sent are other ones.", code: "535 5.7.8", got: nil)
  }
}

// Where the client leaves the script.
extension DialogueServerPlayer {
  /// Tells the client, and then the driver.
  private mutating func refuse(_ sentence: String, code: String = "554 5.5.0", got: WireLine?) -> ServerPlayerAction {
    let failure = failure(sentence, got: got.map { [Self.shown($0)] } ?? [])
    let words = code.hasPrefix("535") ? "Authentication failed" : "This is not what the script has here"
    tasks = [.send([WireLine("\(code) \(words) (line \(failure.number))")]), .fail(failure)]
    return play()
  }

  private mutating func fail(_ sentence: String, got: [String]) -> ServerPlayerAction {
    begin(.ended, .failed(failure(sentence, got: got)))
  }

  private func failure(_ sentence: String, got: [String]) -> ServerPlayerFailure {
    let place = index < turns.count ? turns[index].place : turns.last?.place ?? ScriptPlace(line: number, file: file)
    let expected = index < turns.count ? script.written(at: place).map { [$0] } ?? [] : []
    return ServerPlayerFailure(
      number: place.line, file: place.file, expected: expected, got: got, sentence: sentence)
  }

  /// What came, safe to show: what stands behind the mechanism of AUTH is a secret.
  private static func shown(_ line: WireLine) -> String {
    let command = Command(line.octets)
    if command.verb == .auth, let mechanism = command.words.first, command.words.count > 1 {
      let count = command.argument.count - mechanism.count - 1
      return "AUTH \(OctetText.readable(mechanism.prefix(120))) ‹secret \(count) chars›"
    }
    return OctetText.readable(line.octets.prefix(120)) + (line.octets.count > 120 ? "…" : "")
  }
}

extension ServerTurn.Content {
  fileprivate var isAuthenticate: Bool {
    if case .authenticate = self { true } else { false }
  }
}
