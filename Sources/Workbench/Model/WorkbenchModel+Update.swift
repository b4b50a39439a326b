import Dialogue
import SMTPSession
import SMTPWire

extension WorkbenchModel {
  /// Takes a message in, and says what is to be done. `now` is the time from any beginning, always the same one.
  package mutating func update(_ message: WorkbenchMessage, at now: Duration) -> [WorkbenchEffect] {
    self.now = max(self.now, now)
    if let flash, flash.until <= self.now { self.flash = nil }
    let effects = take(message)
    rehearse()
    return joiningWakes(effects)
  }

  /// The effects with one `wake` at most, for the first thing that is due.
  private func joiningWakes(_ effects: [WorkbenchEffect]) -> [WorkbenchEffect] {
    let others = effects.filter { if case .wake = $0 { false } else { true } }
    guard others.count < effects.count, let next = nextWake else { return others }
    return others + [.wake(after: max(.zero, next - now))]
  }

  /// When something is due next.
  private var nextWake: Duration? { [flash?.until, secretsUntil, replay?.due].compactMap { $0 }.min() }

  private mutating func take(_ message: WorkbenchMessage) -> [WorkbenchEffect] {
    switch message {
    case .input(let input): return take(input)
    case .began(let identity): return begin(identity)
    case .event(let event): return append(event)
    case .ended(let words):
      live.log.end()
      endReplay()
      return closeSession() + (words.map { say($0, isError: true) } ?? [])
    case .certificateRefused(let name, let words):
      overlays.append(.confirm(.certificate(name: name, words: words)))
      questionTime = self.now
      return [.ring]
    case .template(let date, let messageID):
      insertTemplate(date: date, messageID: messageID)
      return []
    case .edited(let text): return takeEdited(text)
    case .recents(let recents):
      start.recents = recents
      return []
    case .credentials(let credentials, let source):
      auth.fill(credentials, source: source)
      return []
    case .reference(let words):
      reference = words
      return []
    case .recording(let title, let events, let target): return open(title, events, target)
    case .remark(let text, let isError): return say(text, isError: isError)
    case .tick: return tick()
    }
  }

  private mutating func take(_ input: TerminalInput) -> [WorkbenchEffect] {
    switch input {
    case .key(let stroke): return press(stroke)
    case .paste(let octets): return paste(octets)
    case .resize(let width, let height):
      self.width = width
      self.height = height
      return []
    case .wheel(let isUp):
      changePane { $0.move(by: isUp ? -3 : 3) }
      return []
    case .resumed: return [.redraw]
    case .hangup: return [.quit]
    }
  }

  private mutating func tick() -> [WorkbenchEffect] {
    if let until = secretsUntil, until <= now { secretsUntil = nil }
    var effects: [WorkbenchEffect] = []
    if let due = replay?.due, due <= now { effects += runReplay() }
    return nextWake == nil ? effects : effects + [.wake(after: .zero)]
  }

  private mutating func begin(_ identity: SessionIdentity) -> [WorkbenchEffect] {
    self.identity = identity
    live = DialoguePane(log: SessionLog(isSecured: identity.isSecured))
    input.staged = []
    auth.empty()
    composer = Composer()
    overlays = []
    let isReplay = replay?.state == .connecting
    if !isReplay { replay?.restart() }
    screen = isReplay ? .replay : .session
    isBrowsing = isReplay
    opening = start.opensWithTLS && !isReplay ? .greeting : nil
    return []
  }

  private mutating func append(_ event: TimedEvent) -> [WorkbenchEffect] {
    let exchange = live.log.append(event)
    live.grew()
    if live.log.isClosed {
      endReplay()
      return closeSession()
    }
    if case .event(.tls) = event.event, opening == .handshake {
      opening = nil
      return greet()
    }
    if replay?.isAttached == true { return followReplay(event, exchange) }
    guard let exchange else { return [] }
    return react(to: exchange)
  }

  private mutating func closeSession() -> [WorkbenchEffect] {
    opening = nil
    live.log.forgetSecrets()
    let isAsked = overlays.contains { if case .confirm(.certificate) = $0 { true } else { false } }
    overlays.removeAll {
      switch $0 {
      case .composer, .credentials, .confirm(.clearLogin), .confirm(.replayLogin), .confirm(.finalDot),
        .confirm(.replayDot), .confirm(.certificate):
        true
      default: false
      }
    }
    return isAsked ? [.answerCertificate(accept: false)] : []
  }

  /// What follows from a reply without anybody typing.
  private mutating func react(to exchange: ClientSession.Exchange) -> [WorkbenchEffect] {
    if exchange.consequence == .message { return openComposer() }
    if case .command(.data) = exchange.stage { composer.sendsWhenReady = false }
    switch (opening, exchange.stage) {
    case (.greeting, .greeting) where exchange.reply.code.isCompletion:
      opening = .capabilities
      return greet()
    case (.capabilities, .command(.ehlo)):
      let isOffered = live.log.session.capabilities?.offers("STARTTLS") == true && !live.log.session.isSecured
      opening = isOffered ? .handshake : nil
      return isOffered ? [.send([OutgoingLine("STARTTLS")])] : []
    case (.handshake, .command(.starttls)) where exchange.reply.code.isFailure:
      opening = nil
    default: break
    }
    return []
  }

  private func greet() -> [WorkbenchEffect] { [.send([OutgoingLine("EHLO \(clientName)")])] }

  private mutating func openComposer() -> [WorkbenchEffect] {
    if composer.sendsWhenReady {
      composer.sendsWhenReady = false
      return [.sendMessage(composer.text)]
    }
    showComposer()
    return []
  }

  mutating func showComposer() {
    if case .composer = overlays.last { return }
    overlays.append(.composer)
  }

  private mutating func open(_ title: String, _ events: [TimedEvent], _ target: String?) -> [WorkbenchEffect] {
    guard !events.isEmpty else { return say("the recording \(title) is empty", isError: true) }
    replay = Replay(title: title, events: events, target: target)
    screen = .replay
    overlays = []
    return []
  }
}
