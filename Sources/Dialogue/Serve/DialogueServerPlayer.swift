import SMTPWire

/// Plays a dialogue as the server: says its `S:` lines, and awaits its `C:` lines from a live client.
///
/// It does no input or output, and never asks for an outgoing connection. Each action it gives is answered by one input, to
/// which it gives the next action:
///
///     var action = player.start()
///     while let input = await perform(action) { action = player.receive(input) }
package struct DialogueServerPlayer: Sendable {
  /// What is under way.
  enum State: Hashable, Sendable {
    case idle
    case accepting
    /// Something is sent, waited for or begun, after which the next task is due.
    case acting
    case hearing
    /// An answer to a challenge; what it must be.
    case answering(DialogueText?)
    /// Octets of a chunk that are still to come.
    case chunk(Int)
    case message
    case awaitingClose
    case ended
  }

  /// What is still to be done before the next turn.
  enum Task: Hashable, Sendable {
    case send([WireLine])
    case wait(Duration)
    case hearAnswer(DialogueText?)
    case readChunk(Int)
    case startTLS
    case fail(ServerPlayerFailure)
    case finish
  }

  /// What is played.
  package let script: DialogueScript
  /// How it is played.
  package let options: ServerPlayerOptions
  /// The number of the script's line being played, from 1; 0 before the first.
  package internal(set) var number = 0
  /// The path of the included file in which that line stands; nil for the script itself.
  package internal(set) var file: String?
  let turns: [ServerTurn]
  let matcher: ClientLineMatcher
  var state = State.idle
  /// The index of the turn being played.
  var index = 0
  var tasks: [Task] = []
  var played: Set<Int> = []
  var message: MessageMatcher?
  var isAtLineStart = true

  /// Makes a player at the beginning of a script, which must have no errors.
  package init(_ script: DialogueScript, options: ServerPlayerOptions = .init()) {
    self.script = script
    self.options = options
    var planner = ServerPlanner(script, variables: options.variables)
    turns = planner.plan()
    matcher = ClientLineMatcher(level: options.level, variables: options.variables)
  }

  /// The numbers of the client's lines that nobody has said; in lenient order there may be some at the end.
  package var unplayed: [Int] {
    turns.indices.filter { turns[$0].expected != nil && !played.contains($0) }.map { turns[$0].place.line }
  }

  /// The first action: to await a client, unless the script says nothing at all.
  package mutating func start() -> ServerPlayerAction { turns.isEmpty ? finish() : play() }

  /// The next action, given what came of the last one.
  package mutating func receive(_ input: ServerPlayerInput) -> ServerPlayerAction {
    switch input {
    case _ where state == .ended: return .finished
    case .done: return done()
    case .line(let line): return receive(line)
    case .octets(let octets): return receive(octets)
    case .closed: return ended("The client closed the connection")
    case .reset: return ended("The client reset the connection")
    case .timeout: return ended("The client was silent for too long")
    case .failed(let words): return refused(words)
    }
  }

  /// Does what is due, or plays the next turn.
  mutating func play() -> ServerPlayerAction {
    if !tasks.isEmpty { return begin(tasks.removeFirst()) }
    guard index < turns.count else { return playBehindEnd() }
    let turn = turns[index]
    (number, file) = (turn.place.line, turn.place.file)
    switch turn.content {
    case .accept: return begin(.accepting, .accept)
    case .say:
      reply(to: turn)
      return play()
    case .hear(_, let isSecret): return begin(.hearing, .awaitLine(isSecret: isSecret))
    case .authenticate: return begin(.hearing, .awaitLine(isSecret: false))
    case .message(let lines, let isWhole):
      message = MessageMatcher(lines, isWhole: isWhole, options.bodyMatch, matcher)
      isAtLineStart = true
      return begin(.message, .awaitLine(isSecret: false))
    case .startTLS:
      pass()
      return begin(.acting, .startTLS)
    case .close, .reset:
      pass()
      return begin(.acting, turn.content == .close ? .close : .reset)
    case .expectClose: return begin(.awaitingClose, .expectClose)
    }
  }

  mutating func begin(_ state: State, _ action: ServerPlayerAction) -> ServerPlayerAction {
    self.state = state
    return action
  }

  /// Goes on to the next turn.
  mutating func pass() {
    played.insert(index)
    index += 1
  }

  /// Answers a turn and goes on to the next.
  mutating func reply(to turn: ServerTurn) {
    pass()
    guard !turn.isSilent, let lines = turn.reply else { return }
    if turn.delay > .zero { tasks.append(.wait(turn.delay)) }
    tasks.append(.send(lines))
    if turn.startsTLS { tasks.append(.startTLS) }
  }

  private mutating func begin(_ task: Task) -> ServerPlayerAction {
    switch task {
    case .send(let lines): return begin(.acting, .send(lines, number: number))
    case .wait(let time): return begin(.acting, .wait(time))
    case .hearAnswer(let expected): return begin(.answering(expected), .awaitLine(isSecret: true))
    case .readChunk(let count): return begin(.chunk(count), .awaitOctets(count))
    case .startTLS: return begin(.acting, .startTLS)
    case .fail(let failure): return begin(.ended, .failed(failure))
    case .finish: return finish()
    }
  }

  mutating func finish() -> ServerPlayerAction { begin(.ended, .finished) }

  /// The script is over: the client may still say QUIT or go.
  private mutating func playBehindEnd() -> ServerPlayerAction {
    let last = turns.last
    if let last, last.isEnd { return finish() }
    return begin(.hearing, .awaitLine(isSecret: false))
  }
}

extension ServerTurn {
  /// Whether nothing can be said behind it.
  fileprivate var isEnd: Bool {
    switch content {
    case .close, .reset, .expectClose: true
    case .hear(let text, false): Command(text.octets).verb == .quit
    default: false
    }
  }
}
