import SMTPWire

/// Follows the lines that a client sends, and knows which replies they will have.
///
/// Inside a message a line is no command, so `MAIL` there has no reply.
struct SentLineTracker: Hashable, Sendable {
  private enum Body: Hashable, Sendable {
    case none
    /// A message after DATA; whether the line before ended in CRLF.
    case data(atLineStart: Bool)
    /// What is left of a BDAT chunk, in octets.
    case chunk(Int)
  }

  /// The replies still to come, in order.
  private(set) var awaited: [AwaitedReply] = []
  /// The last EHLO that was sent, on this connection or an earlier one.
  private(set) var lastEHLO: DialogueText?
  /// Whether EHLO was sent on this connection.
  private(set) var hasSentEHLO = false
  private var body = Body.none
  /// A command that has no ending yet.
  private var partial: [UInt8] = []
  private var answersChallenge = false

  /// Whether the next line is text of a message.
  var isInMessage: Bool { body != .none }

  /// Begins anew on a fresh connection, where the greeting is to come.
  mutating func connect() {
    let name = lastEHLO
    self = SentLineTracker()
    lastEHLO = name
    awaited = [.greeting]
  }

  /// Takes note of a line that goes out.
  mutating func send(_ line: DialogueText) {
    switch body {
    case .none: sendCommand(line)
    case .data(let atLineStart):
      if atLineStart, line.ending == .crlf, line.octets.elementsEqual(".".utf8) {
        body = .none
        awaited.append(.messageEnd)
      } else {
        body = .data(atLineStart: line.ending == .crlf)
      }
    case .chunk(let left):
      let rest = left - line.octets.count - line.ending.octets.count
      body = rest > 0 ? .chunk(rest) : .none
    }
  }

  /// Takes note of the reply to the oldest line that has none, and says what it answers.
  mutating func receive(_ reply: Reply) -> AwaitedReply {
    let answered = awaited.isEmpty ? .unprompted : awaited.removeFirst()
    answersChallenge = reply.code == 334 && (answered.isCommand(.auth) || answered == .authentication)
    if answered.isCommand(.data) { body = reply.code.severity == .intermediate ? .data(atLineStart: true) : .none }
    return answered
  }

  /// Gives up waiting for what has not come.
  mutating func forgetAwaited() { awaited = [] }

  private mutating func sendCommand(_ line: DialogueText) {
    partial += line.octets
    guard line.ending != .none else { return }
    let command = Command(partial)
    partial = []
    awaited.append(answersChallenge ? .authentication : .command(command))
    answersChallenge = false
    switch command.verb {
    case .ehlo: (lastEHLO, hasSentEHLO) = (line, true)
    // In a run of lines without a reply between them, what stands behind DATA can only be the message.
    case .data: body = .data(atLineStart: true)
    case .bdat:
      let size = command.words.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
      body = size > 0 ? .chunk(size) : .none
    default: break
    }
  }
}
