import Failures
import SMTPWire

/// Plays a dialogue as the client: sends its `C:` lines, does its steps, and compares what comes with its `S:` lines.
///
/// It does no input or output. Each action it gives is answered by one input, to which it gives the next action:
///
///     var action = player.start()
///     while let input = await perform(action) { action = player.receive(input) }
package struct DialoguePlayer: Sendable {
  /// What is under way.
  enum State: Hashable, Sendable {
    case idle
    case connecting
    case sending
    /// A reply is read that no line of the script expects.
    case draining
    case expecting(ReplyExpectation)
    case matching(ReplyPattern)
    case shakingHands
    /// A step that ends in a reply.
    case stepping
    case waiting
    /// The connection ends by our own doing.
    case closing
    case awaitingClose
    case ended
  }

  /// What a step has still to do, in order.
  enum Task: Hashable, Sendable {
    case send(DialogueText)
    case expect(ReplyExpectation)
    case shakeHands
    case sayEHLO
  }

  /// The greatest value that `> let` may make, in octets.
  static let maximumValue = 65_536

  /// The greatest number of octets of all values that `> let` makes.
  static let maximumValues = 16_777_216

  /// The greatest number of octets of a text with the values of its variables.
  package static let maximumLine = 1_048_576

  /// How much is done before the driver can look at its clock: items, and thousands of octets that `> let` makes.
  static let maximumSilentWork = 10_000

  /// The greatest number of octets in one write; a longer run of lines goes out in several.
  package static let maximumWrite = 65_536

  /// What is played.
  package let script: DialogueScript
  /// How exactly replies are compared.
  package let level: MatchLevel
  /// The number of the line being played, from 1; 0 before the first.
  package internal(set) var number = 0
  /// The path of the included file in which that line stands; nil for the script itself.
  package internal(set) var file: String?
  /// The values that may stand in an expected text or a condition: those given, and those the script has set.
  package internal(set) var variables: [String: [UInt8]]
  /// What the script has set; variables that only the driver knows may stand in it.
  var assigned: [String: DialogueText] = [:]
  /// The number of octets of all variables that `> let` has set.
  var assignedOctets = 0
  var state = State.idle
  var cursor = ScriptCursor()
  var tasks: [Task] = []
  var sent = SentLineTracker()
  var isConnected = false
  var lastReply: Reply?
  /// What the last reply answered, or the one now awaited will answer.
  var answered = AwaitedReply.greeting
  /// What the last reply to EHLO on this connection offered.
  var capabilities: Capabilities?
  /// The time since the last write, as far as replies were awaited; nil when the driver does not measure it.
  var elapsed: Duration?
  /// Whether the last thing done was a step whose reply nothing has judged.
  var stepAwaitsVerdict = false
  /// Whether the last thing done was to read a reply that the script expects.
  var isBehindReply = false
  /// Whether nothing was sent since a TLS handshake.
  var isBehindHandshake = false
  /// What is left of octets that a recording does not hold.
  var filler: FillerLines?
  /// How much was done since the last action.
  var silentWork = 0

  /// Makes a player at the beginning of a script, which must have no errors.
  ///
  /// `variables` are those whose values may stand in an expected text or a condition.
  package init(_ script: DialogueScript, level: MatchLevel = .code, variables: [String: [UInt8]] = [:]) {
    self.script = script
    self.level = level
    self.variables = variables
  }

  /// The index of the item to play next.
  var position: Int {
    get { cursor.position }
    set { cursor.position = newValue }
  }

  /// The first action: to connect, unless the script is over before it begins.
  package mutating func start() -> PlayerAction {
    if let first = script.items.firstIndex(where: { !$0.isEvent }), case .step(.connect) = script.items[first].content {
      begin(script.items[first])
      position = first + 1
    }
    return connect()
  }

  /// The next action, given what came of the last one, and the time that it took, by which `within` is judged.
  package mutating func receive(_ input: PlayerInput, after time: Duration? = nil) -> PlayerAction {
    measure(time)
    switch (input, state) {
    case (_, .ended): return .finished
    case (.done, _): return done()
    case (.replied(let reply), _): return replied(reply)
    case (.broken(let deviation, let lines), _): return broken(deviation, lines)
    case (.closed, _), (.reset, _), (.timeout, _): return ended(input)
    case (.failed(let words), _): return refused(words)
    }
  }

  mutating func connect() -> PlayerAction {
    state = .connecting
    return .connect
  }

  /// Takes note of the item that is played now.
  mutating func begin(_ item: DialogueScript.Item) {
    number = item.line
    file = script.sources[Int(item.source)].path
  }

  /// The clock starts where a write or the connecting ends.
  private mutating func measure(_ time: Duration?) {
    switch state {
    case .connecting, .sending, .shakingHands: elapsed = time == nil ? nil : .zero
    case .stepping: elapsed = time
    default: if let known = elapsed { elapsed = time.map { known + $0 } }
    }
  }
}

// What comes of an action.
extension DialoguePlayer {
  private mutating func done() -> PlayerAction {
    switch state {
    case .connecting:
      isConnected = true
      sent.connect()
      (lastReply, capabilities, isBehindReply, isBehindHandshake) = (nil, nil, false, false)
    case .closing: isConnected = false
    case .shakingHands:
      (capabilities, isBehindHandshake) = (nil, true)
      if let event = failingHandshake {
        begin(script.items[event])
        return fail("The TLS handshake succeeded where it was expected to fail.")
      }
    default: break
    }
    return advance()
  }

  private mutating func replied(_ reply: Reply) -> PlayerAction {
    lastReply = reply
    if state == .stepping {
      stepAwaitsVerdict = true
      return advance()
    }
    answered = sent.receive(reply)
    if answered.isCommand(.ehlo) { capabilities = reply.code.isCompletion ? Capabilities(reply) : nil }
    switch state {
    case .expecting(let expectation): return judge(reply, by: expectation)
    case .matching(let pattern): return judge(reply, by: pattern)
    case .draining where answered == .greeting:
      return judge(reply, by: ReplyExpectation(code: "2yz", at: number))
    case .awaitingClose:
      return fail("The server sent a reply where it was expected to close the connection.", got: reply.lines)
    default: return follow(reply)
    }
  }

  private mutating func broken(_ deviation: Deviation, _ lines: [WireLine]) -> PlayerAction {
    let isExpected =
      upcoming { if case .deviation(let reason) = $0 { reason.name == deviation.name } else { false } } != nil
    if isExpected, case .expecting = state { return advance() }
    return fail("What the server sent is no reply (\(deviation.name)).", got: lines)
  }

  private mutating func ended(_ input: PlayerInput) -> PlayerAction {
    if state == .connecting, let event = failingConnection { return goOn(behind: event) }
    if input != .timeout {
      isConnected = false
      if state == .awaitingClose { return advance() }
      if state == .sending, upcoming({ $0.isClosing }) != nil { return advance() }
    }
    if state == .draining, position >= script.items.count { return finish() }
    switch input {
    case .closed: return fail("The server closed the connection \(occasion).")
    case .reset: return fail("The server reset the connection \(occasion).")
    default: return fail("The server was silent for too long \(occasion).")
    }
  }

  private mutating func refused(_ words: String) -> PlayerAction {
    if state == .shakingHands, let event = failingHandshake { return goOn(behind: event) }
    if state == .connecting, let event = failingConnection { return goOn(behind: event) }
    let subject =
      switch state {
      case .connecting: "The attempt to connect"
      case .shakingHands: "The TLS handshake"
      case .expecting, .matching, .draining: "Reading \(answered.object)"
      case .sending: "Sending"
      default: "The step"
      }
    return fail("\(subject) failed: \(OctetText.readable(Array(words.utf8)))")
  }

  /// Goes on behind an event that tells that there is no connection any more.
  private mutating func goOn(behind event: Int) -> PlayerAction {
    isConnected = false
    position = event + 1
    tasks = []
    return advance()
  }

  /// When it happened, as the end of a sentence.
  private var occasion: String {
    switch state {
    case .expecting, .matching, .draining:
      "where \(answered.object) was expected"
    case .awaitingClose: "where it was expected to close the connection"
    case .connecting: "before the connection was ready"
    case .shakingHands: "during the TLS handshake"
    case .sending: "while lines were being sent"
    default: "during the step"
    }
  }
}
