import SASL
import SMTPSession
import SMTPWire

extension WorkbenchModel {
  /// The verbs of the start screen, of the input and of a recording; nil for any other.
  mutating func performSession(_ verb: Verb) -> [WorkbenchEffect]? {
    switch verb {
    case .connect: return connect()
    case .reconnect: return lastRequest.map { [.connect($0)] } ?? []
    case .disconnect: return [.disconnect]
    case .send: return send()
    case .stage:
      input.stage(session: live.log.session)
      return []
    case .unstage:
      input.staged = []
      return []
    case .complete, .completeBack: return complete(isForward: verb == .complete)
    case .acceptGhost: return acceptGhost()
    case .historyOlder where screen == .address, .historyNewer where screen == .address:
      address.walk(isOlder: verb == .historyOlder)
      return []
    case .historyOlder, .historyNewer:
      walkHistory(isOlder: verb == .historyOlder)
      return []
    case .historySearch:
      input.search = InputLine.Search()
      return []
    case .lastArgument:
      if let word = input.history.lastArgument { input.editor.insert(word) }
      return []
    case .editor: return [.runEditor(textForEditor)]
    case .compose:
      showComposer()
      return []
    case .input: return enterInput()
    case .nextField, .previousField:
      start.move(isForward: verb == .nextField)
      return []
    case .toggle:
      _ = start.toggle()
      return []
    case .sendMessage: return askForFinalDot()
    case .template: return [.makeTemplate]
    default: return performReplay(verb)
    }
  }

  private mutating func connect() -> [WorkbenchEffect] {
    if case .toggle = start.field, start.toggle() { return [] }
    let request = start.request
    if isConnected { return say("a session is open: drop it first (^P disconnect)", isError: true) }
    lastRequest = request
    return [.connect(request)]
  }

  private mutating func enterInput() -> [WorkbenchEffect] {
    isBrowsing = false
    screen = identity == nil ? .start : .session
    return []
  }

  private mutating func send() -> [WorkbenchEffect] {
    let session = live.log.session
    if session.isInMessage {
      showComposer()
      return []
    }
    if input.staged.isEmpty, let mechanism = bareMechanism { return ask(mechanism) }
    if isLastChunk {
      overlays.append(.confirm(.lastChunk))
      return []
    }
    if input.isEmpty, !session.awaitsResponse { return say("an empty line is not sent; ^V^M and the like make octets") }
    return sendLines()
  }

  mutating func sendLines() -> [WorkbenchEffect] {
    var lines = input.take(session: live.log.session)
    // With lines staged, an empty input line is no line of its own.
    if lines.count > 1, lines[lines.count - 1].octets.isEmpty { lines.removeLast() }
    live.selectLast()
    return [.send(lines)]
  }

  /// Whether what would be sent ends a message on a real server.
  private var isLastChunk: Bool {
    guard identity?.isReference == false else { return false }
    let lines = input.staged.map(\.octets) + [input.editor.octets]
    return lines.contains { line in
      let command = Command(line)
      return command.verb == .bdat && command.words.last?.equalsIgnoringCase("LAST") == true
    }
  }

  /// The mechanism of an AUTH that is typed alone and that we can carry out.
  private var bareMechanism: String? {
    let command = Command(input.editor.octets)
    guard command.verb == .auth, command.words.count == 1, !live.log.session.awaitsResponse else { return nil }
    let name = String(decoding: command.words[0].map(\.asciiUppercased), as: UTF8.self)
    return SASLClientMechanisms.names.contains(name) ? name : nil
  }

  private mutating func ask(_ mechanism: String) -> [WorkbenchEffect] {
    overlays.append(.credentials(CredentialsOverlay(mechanism: mechanism, known: auth)))
    return []
  }

  private mutating func askForFinalDot() -> [WorkbenchEffect] {
    let session = live.log.session
    guard isConnected else { return say("not connected", isError: true) }
    guard identity?.isReference == false else { return sendMessage() }
    let accepted = session.recipients.filter { $0.reply?.isCompletion == true }
    overlays.append(.confirm(.finalDot(recipients: accepted.map { String(decoding: $0.path, as: UTF8.self) })))
    return []
  }

  mutating func sendMessage() -> [WorkbenchEffect] {
    overlays.removeAll { if case .composer = $0 { true } else { false } }
    guard live.log.session.isInMessage else {
      composer.sendsWhenReady = true
      return [.send([OutgoingLine("DATA")])]
    }
    let text = composer.text
    composer = Composer()
    return [.sendMessage(text)]
  }
}
