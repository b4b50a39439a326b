import Dialogue
import SASL
import SMTPSession
import SMTPWire

extension WorkbenchModel {
  /// The verbs of a replay; nil for any other.
  mutating func performReplay(_ verb: Verb) -> [WorkbenchEffect]? {
    switch verb {
    case .stepLine, .stepReply, .stepAll: return advanceReplay(verb)
    case .pauseReplay: return pauseReplay()
    case .restartReplay: return restartReplay()
    case .breakpoint: replay?.toggleBreakpoint()
    case .paceSlower, .paceFaster: replay?.changePace(isFaster: verb == .paceFaster)
    case .editStep: return editStep()
    case .insertStep: overlays.append(.prompt(PromptOverlay(.insertStep)))
    case .skipStep: return replay?.toggleSkip() == true ? [] : say("only a step that is still ahead can be skipped")
    case .ignoreDifference:
      return replay?.ignore() == true
        ? say("this difference counts no more, here and wherever it comes again") : say("no difference at this step")
    case .nextDifference, .previousDifference:
      let isFound = replay?.selectDifference(isForward: verb == .nextDifference) ?? false
      return isFound ? [] : say("no difference so far")
    default: return nil
    }
    return []
  }

  private mutating func advanceReplay(_ verb: Verb) -> [WorkbenchEffect] {
    screen = .replay
    guard let replay else { return [] }
    guard replay.isAttached else {
      if replay.state == .lost { return say("the connection is gone: R begins anew") }
      overlays.append(.prompt(PromptOverlay(.replayTarget(verb), replay.target)))
      return []
    }
    if replay.position >= replay.steps.count { return say("all steps are done: R begins anew") }
    self.replay?.state = verb == .stepLine ? .paused : .running
    self.replay?.stopsAtReply = verb == .stepReply
    // Nobody asked about a certificate that proves nothing: the user goes on without help.
    if live.log.tls.isUp { self.replay?.isShakingHands = false }
    return sendStep()
  }

  /// Connects for the replay; what was asked for goes on when the greeting has come.
  mutating func attachReplay(to target: String, _ verb: Verb) -> [WorkbenchEffect] {
    guard !target.isEmpty else { return say("no target, nothing is sent") }
    if isConnected { return say("a session is open: drop it first (^P disconnect)", isError: true) }
    replay?.restart()
    replay?.target = target
    replay?.state = .connecting
    replay?.stopsAtReply = verb != .stepAll
    replay?.sent(0)
    let request = ConnectionRequest(target: target)
    lastRequest = request
    return [.connect(request)]
  }

  private mutating func restartReplay() -> [WorkbenchEffect] {
    let isOpen = replay?.isAttached == true && isConnected
    replay?.restart()
    let words = "back at the beginning: s or c connects"
    return (isOpen ? [.disconnect] : []) + say(isOpen ? "the connection is dropped; " + words : words)
  }

  private mutating func pauseReplay() -> [WorkbenchEffect] {
    guard replay?.state == .running else { return advanceReplay(.stepAll) }
    replay?.state = .paused
    replay?.due = nil
    return []
  }

  private mutating func editStep() -> [WorkbenchEffect] {
    guard let step = replay?.current else { return [] }
    guard step.progress == .ahead, step.kind == .line, let line = step.lines.first else {
      return say("only a command that is still ahead can be edited")
    }
    if line.hasSecret { return say("a line with a secret is not edited; i inserts another, d leaves this one out") }
    overlays.append(.prompt(PromptOverlay(.editStep, String(decoding: line.octets, as: UTF8.self))))
    return []
  }

  /// Sends the next step, unless its time has not come.
  mutating func sendStep(isConfirmed: Bool = false) -> [WorkbenchEffect] {
    guard let replay, isConnected, !replay.isShakingHands else { return say("waiting for the server") }
    let index = replay.position
    guard index < replay.steps.count else { return finishReplay() }
    let step = replay.steps[index]
    // A message waits for its 354, everything waits for AUTH; other lines may be pipelined by hand.
    if let awaited = replay.awaited, step.kind == .message || replay.steps[awaited].kind != .line {
      return say("waiting for a reply")
    }
    switch step.kind {
    case .greeting: return []
    case .authentication(let mechanism): return authenticate(index, mechanism, isConfirmed)
    case .message: return sendMessage(index, isConfirmed)
    case .line where step.lacksSecret:
      self.replay?.steps[index].isSkipped = true
      self.replay?.state = .paused
      return say("step \(index + 1) holds a secret that the recording does not: it is left out; i inserts a line")
    case .line:
      self.replay?.sent(index)
      return [.send(step.lines)]
    }
  }

  private mutating func authenticate(_ index: Int, _ mechanism: String, _ isConfirmed: Bool) -> [WorkbenchEffect] {
    guard let credentials = replay?.credentials else {
      replay?.due = nil
      overlays.append(.credentials(CredentialsOverlay(mechanism: mechanism, known: auth)))
      return []
    }
    if !isConfirmed, showsPassword(mechanism, credentials) {
      replay?.due = nil
      overlays.append(.confirm(.replayLogin(mechanism: mechanism)))
      return []
    }
    replay?.sent(index)
    let allowsPlaintext = isConfirmed || identity?.isReference == true
    return [.authenticate(mechanism: mechanism, credentials, allowsPlaintext: allowsPlaintext)]
  }

  private mutating func sendMessage(_ index: Int, _ isConfirmed: Bool) -> [WorkbenchEffect] {
    let session = live.log.session
    guard session.isInMessage else {
      replay?.steps[index].isSkipped = true
      replay?.state = .paused
      return say("the server did not say 354: the message is left out")
    }
    if identity?.isReference == false, !isConfirmed {
      replay?.due = nil
      let accepted = session.recipients.filter { $0.reply?.isCompletion == true }
      overlays.append(.confirm(.replayDot(recipients: accepted.map { String(decoding: $0.path, as: UTF8.self) })))
      return []
    }
    replay?.sent(index)
    return replay.map { [.send($0.steps[index].lines)] } ?? []
  }

  /// Takes the credentials for a step of the replay and goes on.
  mutating func continueReplay(with credentials: Credentials) -> [WorkbenchEffect] {
    replay?.credentials = credentials
    return sendStep()
  }

  private static func isHandshake(_ event: DialogueEvent) -> Bool {
    switch event {
    case .event(.tls), .event(.tlsFailed), .event(.unverified): true
    default: false
    }
  }

  /// What an event of the live session means for the replay that made it.
  mutating func followReplay(_ event: TimedEvent, _ exchange: ClientSession.Exchange?) -> [WorkbenchEffect] {
    guard replay?.isAttached == true else { return [] }
    if Self.isHandshake(event.event), replay?.isShakingHands == true {
      // What proves nothing may be asked about first; nothing goes out before the answer.
      guard live.log.tls.isVerified else { return [] }
      return endHandshake()
    }
    guard let exchange, let verdict = receive(exchange) else { return [] }
    if verdict == .different {
      replay?.state = .difference
      return say("different: " + (replay?.current.sentences.first ?? ""))
    }
    if replay?.stopsAtReply == true { replay?.state = .paused }
    guard let replay, replay.state == .running || replay.state == .connecting else { return [] }
    self.replay?.state = .running
    return replay.isShakingHands || replay.awaited != nil ? [] : runReplay()
  }

  /// TLS is up, and taken as it is: the next step may go out.
  mutating func endHandshake() -> [WorkbenchEffect] {
    guard replay?.isAttached == true, replay?.isShakingHands == true else { return [] }
    replay?.isShakingHands = false
    return replay?.state == .running ? runReplay() : []
  }

  private mutating func receive(_ exchange: ClientSession.Exchange) -> ReplayStep.Verdict? {
    let isLast = replay?.awaited
    guard let verdict = replay?.receive(exchange) else {
      // A reply without a recorded one to compare: the step is done all the same.
      return isLast != nil && replay?.awaited != isLast ? .same : nil
    }
    if let isLast { replay?.select(isLast) }
    return verdict
  }

  /// Sends the next step when its time has come, or waits for it; stops at a breakpoint.
  mutating func runReplay() -> [WorkbenchEffect] {
    guard let replay, replay.state == .running else { return [] }
    guard replay.position < replay.steps.count else { return finishReplay() }
    if replay.steps[replay.position].isBreakpoint {
      self.replay?.state = .breakpoint
      self.replay?.select(replay.position)
      return []
    }
    if replay.pause > .zero, replay.due == nil {
      self.replay?.due = now + replay.pause
      return [.wake(after: replay.pause)]
    }
    return sendStep()
  }

  private mutating func finishReplay() -> [WorkbenchEffect] {
    replay?.state = .finished
    let count = replay?.differences ?? 0
    return say(count == 0 ? "replayed: no difference" : "replayed: \(count) difference\(count == 1 ? "" : "s")")
  }

  /// The live session is over.
  mutating func endReplay() {
    guard replay?.isAttached == true, let replay else { return }
    self.replay?.due = nil
    self.replay?.state = replay.position >= replay.steps.count && replay.awaited == nil ? .finished : .lost
  }
}
