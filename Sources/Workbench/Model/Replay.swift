package import Dialogue
import SASL
import SMTPSession
import SMTPWire

/// A recording that is played again against a live server, step by step, and compared with what comes now.
///
/// It decides and does nothing: the model sends what `next` gives it.
package struct Replay: Sendable {
  /// Why nothing is being sent, or that something is.
  package enum State: Hashable, Sendable {
    /// No connection was made for it yet.
    case idle
    case connecting
    case paused
    case running
    case breakpoint
    case difference
    /// All steps are done.
    case finished
    /// The connection is gone before the end.
    case lost

    /// The state in words.
    package var words: String {
      switch self {
      case .idle: "not connected"
      case .connecting: "connecting"
      case .paused: "paused"
      case .running: "running"
      case .breakpoint: "paused at a breakpoint"
      case .difference: "paused at a difference"
      case .finished: "at the end"
      case .lost: "the connection is gone"
      }
    }
  }

  /// What `<` and `>` choose from; 0 waits for nothing, 1 keeps the recorded times.
  package static let paces: [Double] = [0.25, 0.5, 1, 2, 4, 10, 0]
  /// The longest pause between two steps, whatever was recorded.
  package static let longestPause = Duration.seconds(3)

  /// The recording's name.
  package let title: String
  /// The server that is proposed, then the one that is used.
  package var target: String
  /// The recorded session, and the reader's place in it.
  package private(set) var pane: DialoguePane
  /// The steps of the recording, in order.
  package internal(set) var steps: [ReplayStep]
  /// The index of the step in focus.
  package private(set) var selected = 0
  /// What the replay is doing.
  package internal(set) var state = State.idle
  /// Where in `paces` the pace is.
  package private(set) var paceIndex = 6
  /// When the next step is to be sent, while running with pauses.
  package internal(set) var due: Duration?
  /// Differences that count no more, by what they answer and their words.
  private var ignored: Set<String> = []
  /// What AUTH is done with; asked once.
  var credentials: Credentials?
  /// Whether the handshake behind STARTTLS is under way.
  var isShakingHands = false
  /// Whether the next reply pauses.
  var stopsAtReply = false

  /// Opens a recording at its beginning.
  package init(title: String, events: [TimedEvent], target: String? = nil) {
    self.title = title
    self.target = target.map { $0.hasPrefix("smtp://") ? String($0.dropFirst(7)) : $0 } ?? StartForm.proposal
    var log = SessionLog()
    for event in events { log.append(event) }
    pane = DialoguePane(log: log)
    steps = ReplayStep.steps(of: log)
    select(0)
  }

  /// The index of the step that is next; the number of steps at the end.
  package var position: Int { steps.firstIndex { $0.progress == .ahead && !$0.isSkipped } ?? steps.count }
  /// The index of the step whose reply is awaited; nil when none is.
  package var awaited: Int? { steps.firstIndex { $0.progress == .awaited } }
  /// The differences that count.
  package var differences: Int { steps.count { $0.verdict == .different } }
  /// Whether a connection was made for it, and is open.
  package var isAttached: Bool { ![.idle, .lost].contains(state) }
  /// The pace; 0 waits for nothing.
  package var pace: Double { Self.paces[paceIndex] }
  /// The step in focus.
  package var current: ReplayStep { steps[selected] }

  /// Changes the reader's place in the recording; the step that holds the row is in focus then.
  package mutating func read(_ change: (inout DialoguePane) -> Void) {
    change(&pane)
    selected = steps.lastIndex { $0.row > 0 && $0.row <= pane.selected } ?? 0
  }

  /// Puts a step in focus.
  package mutating func select(_ index: Int) {
    selected = min(max(0, index), steps.count - 1)
    if steps[selected].row > 0 { pane.select(steps[selected].row) }
  }

  /// Puts the next or the previous difference in focus; false when there is none.
  package mutating func selectDifference(isForward: Bool) -> Bool {
    let found = steps.indices.filter { steps[$0].verdict == .different }
    guard let first = found.first, let last = found.last else { return false }
    select(isForward ? found.first { $0 > selected } ?? first : found.last { $0 < selected } ?? last)
    return true
  }

  /// Goes back to the beginning; what was edited stays.
  package mutating func restart() {
    for index in steps.indices { steps[index].reset() }
    due = nil
    isShakingHands = false
    stopsAtReply = false
    state = .idle
    select(0)
  }

  /// Sets a breakpoint at the selected step, or takes it away.
  package mutating func toggleBreakpoint() { steps[selected].isBreakpoint.toggle() }

  /// Takes the step in focus out, or back in; false when it is done or the greeting.
  package mutating func toggleSkip() -> Bool {
    guard selected > 0, current.progress == .ahead else { return false }
    if current.isInserted { steps.remove(at: selected) } else { steps[selected].isSkipped.toggle() }
    select(selected)
    return true
  }

  /// Puts a line in the place of the one in focus.
  package mutating func edit(_ octets: [UInt8]) {
    guard current.kind != .greeting, current.progress == .ahead else { return }
    steps[selected].lines = [ClientSession.markedCommand(octets)] + steps[selected].lines.dropFirst()
  }

  /// Inserts a line in front of the step in focus, never in front of what is done.
  package mutating func insert(_ octets: [UInt8]) {
    let place = max(selected, steps.lastIndex { $0.progress != .ahead }.map { $0 + 1 } ?? 1, 1)
    var step = ReplayStep(.line, [ClientSession.markedCommand(octets)], row: 0)
    step.isInserted = true
    steps.insert(step, at: place)
    select(place)
  }

  /// Makes the replay faster or slower by one step.
  package mutating func changePace(isFaster: Bool) {
    paceIndex = min(max(0, paceIndex + (isFaster ? 1 : -1)), Self.paces.count - 1)
  }

  /// The pause before the next step at the pace chosen.
  package var pause: Duration {
    let index = position
    guard pace > 0, index > 0, index < steps.count, !steps[index].isInserted else { return .zero }
    let recorded = steps[index].sentTime - steps[index - 1].replyTime
    return min(Self.longestPause, max(.zero, recorded) / pace)
  }

  /// Takes the difference in focus, and all that are told in the same words, out of the count; false when there is none.
  package mutating func ignore() -> Bool {
    guard current.verdict == .different else { return false }
    ignored.insert(Self.key(current))
    for index in steps.indices where steps[index].verdict == .different && ignored.contains(Self.key(steps[index])) {
      steps[index].verdict = .ignored
    }
    return true
  }

  /// Marks the next step as sent.
  mutating func sent(_ index: Int) {
    steps[index].progress = .awaited
    due = nil
    select(index)
  }

  /// Takes a reply for the step that awaits one, and judges it; nil when it is for none, or is not its last.
  mutating func receive(_ exchange: ClientSession.Exchange) -> ReplayStep.Verdict? {
    guard let index = awaited else { return nil }
    if case .authentication = steps[index].kind, exchange.reply.code.severity == .intermediate { return nil }
    steps[index].progress = .done
    steps[index].reply = exchange.reply
    if steps[index].isHandshake, exchange.reply.code.isCompletion { isShakingHands = true }
    judge(index, exchange.reply)
    return steps[index].verdict
  }

  private mutating func judge(_ index: Int, _ reply: Reply) {
    guard let recorded = steps[index].recorded else { return }
    let step = steps[index]
    let grave = Self.differences(step, recorded, reply, .code)
    guard grave.isEmpty else {
      steps[index].sentences = grave
      steps[index].verdict = ignored.contains(Self.key(steps[index])) ? .ignored : .different
      return
    }
    steps[index].sentences = Self.differences(step, recorded, reply, .text)
    steps[index].verdict = recorded.lines == reply.lines ? .same : .alike
  }

  /// What differs between two replies to a step, at a level, in words.
  private static func differences(_ step: ReplayStep, _ recorded: Reply, _ reply: Reply, _ level: MatchLevel)
    -> [String]
  {
    DialogueComparison.compare(
      dialogue(step, recorded), dialogue(step, reply), level: level, names: ("the recording", "now")
    ).findings.map(\.sentence)
  }

  /// The step alone with one of its replies, as a dialogue, behind what a reply to it needs in front.
  private static func dialogue(_ step: ReplayStep, _ reply: Reply) -> Dialogue {
    var events: [DialogueEvent] = step.kind == .greeting ? [] : [.received(WireLine("220 ready"))]
    switch step.kind {
    case .greeting: break
    case .message:
      let data: [DialogueEvent] = [.sent(OutgoingLine("DATA")), .received(WireLine("354 go on"))]
      events += data + [.sent(OutgoingLine("."))]
    case .line, .authentication: events += step.recordedLines.prefix(1).map { .sent($0) }
    }
    events += reply.lines.map { .received($0) }
    return Dialogue(lines: events.map { DialogueLine(source: DialogueWriter.line(TimedEvent(.zero, $0))[...]) })
  }

  private static func key(_ step: ReplayStep) -> String {
    "\(step.command.verb.rawValue) \(step.sentences.joined(separator: " "))"
  }
}
