import SASL
import SMTPSession
import SMTPWire

extension WorkbenchModel {
  /// What a key does to the innermost overlay; nil when the key goes on to what is below.
  mutating func press(_ stroke: KeyStroke, on overlay: Overlay) -> [WorkbenchEffect]? {
    if case .composer = overlay { return pressComposer(stroke) }
    overlays.removeLast()
    switch overlay {
    case .confirm(let question): return answer(question, isYes: stroke == .character("y") || stroke == .character("Y"))
    case _ where stroke == KeyStroke(.escape) || stroke == .control("C"): return []
    case .help(let help): return press(stroke, help)
    case .palette(let palette): return press(stroke, palette)
    case .credentials(let prompt): return press(stroke, prompt)
    case .prompt(let prompt): return press(stroke, prompt)
    case .detail(let number, let scroll): return press(stroke, detail: number, scroll)
    case .composer: return nil
    }
  }

  private mutating func answer(_ question: Question, isYes: Bool) -> [WorkbenchEffect] {
    switch question {
    case .clearLogin(let mechanism, let credentials):
      return isYes
        ? [.authenticate(mechanism: mechanism, credentials, allowsPlaintext: true)] : say("nothing was sent")
    case .finalDot: return isYes ? sendMessage() : say("nothing was sent")
    case .replayLogin, .replayDot: return isYes ? sendStep(isConfirmed: true) : pauseAfterNo()
    case .lastChunk: return isYes ? sendLines() : say("nothing was sent")
    case .certificate:
      // The question came by itself: a key that was on its way to the line is no answer.
      if now - questionTime < .milliseconds(300) {
        overlays.append(.confirm(question))
        return []
      }
      return [.answerCertificate(accept: isYes)] + (isYes ? endHandshake() : [])
    case .quit: return isYes ? [.quit] : []
    case .showSecrets: return isYes ? revealSecrets() : []
    }
  }

  private mutating func pauseAfterNo() -> [WorkbenchEffect] {
    replay?.state = .paused
    return say("nothing was sent; d leaves the step out")
  }

  private mutating func press(_ stroke: KeyStroke, _ help: HelpOverlay) -> [WorkbenchEffect] {
    var help = help
    switch stroke.key {
    case .up: help.scroll = max(0, help.scroll - 1)
    case .down: help.scroll += 1
    case .pageUp: help.scroll = max(0, help.scroll - 10)
    case .pageDown: help.scroll += 10
    case .function(1): return []
    default:
      if help.filter.apply(stroke) { help.scroll = 0 }
    }
    overlays.append(.help(help))
    return []
  }

  private mutating func press(_ stroke: KeyStroke, _ palette: PaletteOverlay) -> [WorkbenchEffect] {
    var palette = palette
    switch stroke.key {
    case .up, .control("P"): palette.chosen = max(0, palette.chosen - 1)
    case .down, .control("N"): palette.chosen = min(max(0, palette.verbs.count - 1), palette.chosen + 1)
    case .enter:
      if let call = palette.call { return perform(call.verb, with: call.argument) }
      let verbs = palette.verbs
      return verbs.indices.contains(palette.chosen) ? perform(verbs[palette.chosen]) : say("no such verb")
    default:
      if palette.text.apply(stroke) { palette.chosen = 0 }
    }
    overlays.append(.palette(palette))
    return []
  }

  /// Does what a verb says with what stands behind it in the palette.
  private mutating func perform(_ verb: Verb, with argument: [UInt8]) -> [WorkbenchEffect] {
    let text = String(decoding: argument, as: UTF8.self)
    switch verb {
    case .addressCheck:
      address.show(argument)
      return perform(verb)
    case .authDecode:
      auth[.decode] = LineEditor(argument)
      return perform(verb)
    case .authEncode:
      let effects = perform(verb)
      return auth.choose(text) ? effects : say("no such mechanism: \(text)", isError: true)
    case .connect:
      start.target.replace(with: argument)
      start.field = .target
      return perform(verb)
    case .find, .filter:
      if let objection = objection(to: verb) { return say("\(verb.rawValue): \(objection)") }
      return fulfil(verb == .find ? .find : .filter, text)
    default: return fulfil(.openRecording, text)
    }
  }

  private mutating func press(_ stroke: KeyStroke, _ prompt: CredentialsOverlay) -> [WorkbenchEffect] {
    var prompt = prompt
    switch stroke.key {
    case .tab, .backTab, .up, .down: prompt.isAtPassword.toggle()
    case .enter where !prompt.isAtPassword && !prompt.user.isEmpty: prompt.isAtPassword = true
    case .enter: return authenticate(prompt)
    default:
      if prompt.isAtPassword { _ = prompt.password.apply(stroke) } else { _ = prompt.user.apply(stroke) }
    }
    overlays.append(.credentials(prompt))
    return []
  }

  /// Without a name the line goes out as it was typed.
  private mutating func authenticate(_ prompt: CredentialsOverlay) -> [WorkbenchEffect] {
    if screen == .replay {
      guard !prompt.user.isEmpty else { return say("AUTH needs a name; d leaves the step out") }
      return continueReplay(with: Self.credentials(prompt))
    }
    guard !prompt.user.isEmpty else { return [.send(input.take(session: live.log.session))] }
    input.history.add(input.editor.octets)
    input.editor = LineEditor()
    return logIn(prompt.mechanism, Self.credentials(prompt))
  }

  private static func credentials(_ prompt: CredentialsOverlay) -> Credentials {
    Credentials(
      user: String(decoding: prompt.user.octets, as: UTF8.self),
      password: Secret(name: "password", octets: prompt.password.octets))
  }

  private mutating func press(_ stroke: KeyStroke, _ prompt: PromptOverlay) -> [WorkbenchEffect] {
    var prompt = prompt
    guard stroke == KeyStroke(.enter) else {
      _ = prompt.line.apply(stroke)
      overlays.append(.prompt(prompt))
      return []
    }
    return fulfil(prompt.purpose, String(decoding: prompt.line.octets, as: UTF8.self))
  }

  private mutating func fulfil(_ purpose: PromptOverlay.Purpose, _ text: String) -> [WorkbenchEffect] {
    switch purpose {
    case .find:
      changePane { $0.search = text }
      return find(isForward: true)
    case .filter:
      changePane { $0.filter = text }
    case .openRecording: return text.isEmpty ? [] : [.openRecording(path: text)]
    case .editStep: replay?.edit(Array(text.utf8))
    case .insertStep: if !text.isEmpty { replay?.insert(Array(text.utf8)) }
    case .replayTarget(let verb): return attachReplay(to: text, verb)
    }
    return []
  }

  private mutating func press(_ stroke: KeyStroke, detail number: Int, _ scroll: Int) -> [WorkbenchEffect] {
    var (number, scroll) = (number, scroll)
    switch stroke.key {
    case .down, .character("j"): scroll += 1
    case .up, .character("k"): scroll = max(0, scroll - 1)
    case .pageDown: scroll += 10
    case .pageUp: scroll = max(0, scroll - 10)
    case .character("n"), .right: (number, scroll) = (min(pane.log.rows.count, number + 1), 0)
    case .character("p"), .left: (number, scroll) = (max(1, number - 1), 0)
    case .enter, .character("q"): return []
    default: break
    }
    overlays.append(.detail(number: number, scroll: scroll))
    return []
  }

  private mutating func pressComposer(_ stroke: KeyStroke) -> [WorkbenchEffect]? {
    if stroke == .control("C") { return interrupt() }
    if stroke == KeyStroke(.function(1)) { return perform(.help) }
    if stroke == KeyStroke(.enter), composer.isAtFinalDot {
      composer.dropFinalDot()
      return perform(.sendMessage)
    }
    if !composer.current.awaitsLiteral, let effects = pressBound(stroke) { return effects }
    _ = composer.apply(stroke)
    return []
  }

  /// Puts the header lines that a message needs above what is written, and the cursor at the subject.
  mutating func insertTemplate(date: String, messageID: String) {
    let session = live.log.session
    let sender = Self.address(session.reversePath) ?? ""
    let recipients = session.recipients.compactMap { Self.address($0.path) }.joined(separator: ", ")
    let header = "From: \(sender)\nTo: \(recipients)\nSubject: \nDate: \(date)\nMessage-ID: \(messageID)\n\n"
    composer = Composer(text: Array(header.utf8) + composer.text)
    for stroke in [KeyStroke(.down), KeyStroke(.down), KeyStroke(.end)] { _ = composer.apply(stroke) }
  }

  private static func address(_ path: [UInt8]?) -> String? {
    guard let path, let open = path.firstIndex(of: UInt8(ascii: "<")),
      let close = path.firstIndex(of: UInt8(ascii: ">")),
      open < close
    else { return nil }
    return String(decoding: path[(open + 1)..<close], as: UTF8.self)
  }
}
