import Dialogue
import SMTPWire

/// A client's player and a server's player that talk to each other in memory.
struct Duet {
  /// What became of both, and all that they said.
  struct Outcome {
    var client: PlayerFailure?
    var server: ServerPlayerFailure?
    /// Neither had anything more to do, and one was not done.
    var isStuck = false
    var said: [String] = []
  }

  private var client: DialoguePlayer
  private var server: DialogueServerPlayer
  private var clientAction: PlayerAction
  private var serverAction: ServerPlayerAction
  private var toServer = LineFramer()
  private var toClient = LineFramer()
  private var replies = ReplyParser()
  private var isOpen = false
  private var isServerGone = false
  private var isClientGone = false
  /// What a step that is an exchange of its own has still to send, after each reply.
  private var script: [String] = []
  private var outcome = Outcome()

  init(client text: String, server other: String? = nil, options: ServerPlayerOptions = .init()) {
    client = DialoguePlayer(DialogueScript(dialogue(text)))
    server = DialogueServerPlayer(DialogueScript(dialogue(other ?? text)), options: options)
    clientAction = client.start()
    serverAction = server.start()
  }

  /// Plays both to their end.
  mutating func play() -> Outcome {
    for _ in 0..<20_000 {
      let (one, other) = (stepServer(), stepClient())
      if !one, !other, !end() { break }
    }
    return outcome
  }

  /// Both wait: who waits for the other's end gets it, else a timeout.
  private mutating func end() -> Bool {
    switch (clientAction, serverAction) {
    case (.finished, .finished), (.failed, .failed), (.finished, .failed), (.failed, .finished): return false
    case (.finished, _), (.failed, _):
      serverAction = server.receive(isClientGone ? .timeout : .closed)
      isClientGone = true
    default:
      outcome.isStuck = outcome.isStuck || serverAction != .finished
      clientAction = client.receive(.timeout, after: .zero)
    }
    return true
  }

  private mutating func stepServer() -> Bool {
    switch serverAction {
    case .accept where isOpen:
      isOpen = false
      serverAction = server.receive(.done)
    case .accept, .finished: return false
    case .send(let lines, _):
      for line in lines {
        outcome.said.append("S: \(OctetText.readable(line.octets))")
        toClient.append(line.wireOctets)
      }
      serverAction = server.receive(.done)
    case .awaitLine:
      guard let line = toServer.next() else { return hearEnd() }
      serverAction = server.receive(.line(line))
    case .awaitOctets(let count):
      let octets = toServer.takeOctets(upTo: min(count, 7))
      if octets.isEmpty { return hearEnd() }
      serverAction = server.receive(.octets(octets))
    case .startTLS, .wait: serverAction = server.receive(.done)
    case .close, .reset:
      isServerGone = true
      serverAction = server.receive(.done)
    case .expectClose: return hearEnd()
    case .failed(let failure):
      if outcome.server != nil { return false }
      outcome.server = failure
      isServerGone = true
    }
    return true
  }

  private mutating func hearEnd() -> Bool {
    guard isClientGone else { return false }
    isClientGone = false
    serverAction = server.receive(.closed)
    return true
  }

  private mutating func stepClient() -> Bool {
    switch clientAction {
    case .connect:
      (toServer, toClient, replies) = (LineFramer(), LineFramer(), ReplyParser())
      (isOpen, isServerGone, isClientGone) = (true, false, false)
      clientAction = client.receive(.done, after: .zero)
    case .send(let send):
      for line in send.lines { say(line.octets + line.ending.octets) }
      clientAction = client.receive(.done, after: .zero)
    case .awaitReply: return awaitReply()
    case .authenticate(let mechanism):
      guard script.isEmpty else { return awaitReply() }
      begin(["AUTH \(mechanism ?? "PLAIN") AGEAYg==", ""])
    case .sendMessage:
      guard script.isEmpty else { return awaitReply() }
      begin(["DATA", "Date: x\r\nSubject: hi\r\n\r\ntext\r\n.", ""])
    case .startTLS, .wait: clientAction = client.receive(.done, after: .zero)
    case .close, .reset:
      isClientGone = true
      clientAction = client.receive(.done, after: .zero)
    case .expectClose:
      guard isServerGone || serverAction == .finished else { return false }
      clientAction = client.receive(.closed, after: .zero)
    case .finished: return false
    case .failed(let failure):
      if outcome.client != nil { return false }
      outcome.client = failure
    }
    return true
  }

  private mutating func say(_ octets: [UInt8]) {
    outcome.said.append("C: \(OctetText.readable(octets.filter { $0 != 13 && $0 != 10 }))")
    toServer.append(octets)
  }

  private mutating func begin(_ lines: [String]) {
    script = Array(lines.dropFirst())
    say(bytes(lines[0] + "\r\n"))
  }

  private mutating func awaitReply() -> Bool {
    while let line = toClient.next() {
      guard case .reply(let reply) = replies.receive(line) else { continue }
      if script.count > 1, reply.code.severity == .intermediate {
        say(bytes(script.removeFirst() + "\r\n"))
        return true
      }
      script = []
      clientAction = client.receive(.replied(reply), after: .zero)
      return true
    }
    guard isServerGone || serverAction == .finished else { return false }
    clientAction = client.receive(.closed, after: .zero)
    return true
  }
}
