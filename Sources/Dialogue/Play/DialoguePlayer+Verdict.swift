import Failures
import SMTPWire

// Whether what came is what the script expects.
extension DialoguePlayer {
  mutating func judge(_ reply: Reply, by expectation: ReplyExpectation) -> PlayerAction {
    // No reply is longer than this, so what is left out of the expectation changes no verdict.
    var room = Self.maximumLine
    let value: (String) -> [UInt8] = { [variables] name in
      let value = variables[name] ?? Array("${\(name)}".utf8)
      room -= value.count
      return room >= 0 ? value : []
    }
    let sentence = expectation.mismatch(with: reply, to: answered, level: level, value: value)
    guard let sentence else {
      for pattern in expectation.patterns { keep(pattern.captures(in: reply.lines)) }
      return follow(reply)
    }
    number = expectation.number
    return fail(sentence, expected: expectation.written, got: reply.lines)
  }

  mutating func judge(_ reply: Reply, by pattern: ReplyPattern) -> PlayerAction {
    if let captures = pattern.captures(in: reply.lines) {
      keep(captures)
      return follow(reply)
    }
    return fail("No line of \(answered.object) matches the expression.", got: reply.lines)
  }

  /// Goes on behind a reply that was accepted; the 220 of STARTTLS asks for the handshake (RFC 3207 §4).
  mutating func follow(_ reply: Reply) -> PlayerAction {
    isBehindReply = true
    if answered.isCommand(.starttls) {
      if reply.code == 220 { tasks.insert(.shakeHands, at: 0) } else { tasks = [] }
    }
    return advance()
  }

  mutating func fail(_ sentence: String, expected: [String]? = nil, got: [WireLine] = []) -> PlayerAction {
    let expected = expected ?? expectedLines
    state = .ended
    return .failed(
      PlayerFailure(number: number, file: file, expected: expected, got: got, level: level, sentence: sentence))
  }

  mutating func finish() -> PlayerAction {
    state = .ended
    return .finished
  }

  /// What the script has for what is under way.
  private var expectedLines: [String] {
    if case .expecting(let expectation) = state { return expectation.written }
    return script.written(at: ScriptPlace(line: number, file: file)).map { [$0] } ?? []
  }

  /// The event that says that the attempt to connect has failed; nil where one of several attempts succeeds.
  var failingConnection: Int? {
    let succeeded = upcoming { if case .connected = $0 { true } else { false } }
    return succeeded == nil ? upcoming { if case .connectFailed = $0 { true } else { false } } : nil
  }

  /// The event that says that the handshake under way is to fail, or that its certificate is to be refused.
  var failingHandshake: Int? {
    // Behind `tls` a failure is a verdict on the certificate: who recorded it may have gone on.
    let succeeded = upcoming { if case .tls = $0 { true } else { false } }
    let refused = upcoming { if case .failed(let reason) = $0 { reason.name?.isCertificate == true } else { false } }
    if succeeded != nil { return refused }
    return upcoming { if case .tlsFailed = $0 { true } else { false } }
  }

  /// The position of the first event that `isWanted` takes, among those that stand directly behind what was played.
  func upcoming(_ isWanted: (SessionEvent) -> Bool) -> Int? {
    var index = position
    while index < script.items.count, let event = script.event(of: script.items[index]) {
      if isWanted(event) { return index }
      index += 1
    }
    return nil
  }
}
