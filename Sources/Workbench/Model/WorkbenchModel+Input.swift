import SMTPSession
import SMTPWire

extension WorkbenchModel {
  /// A key that is bound to no verb goes into the line.
  mutating func typeInput(_ stroke: KeyStroke) -> [WorkbenchEffect] {
    if input.search != nil { return searchHistory(stroke) }
    if live.log.session.isInMessage {
      showComposer()
      return []
    }
    if stroke == .control("D"), input.editor.isEmpty { return offerQuit() }
    if input.editor.isAtEnd, [.right, .control("F")].contains(stroke.key), !ghost.isEmpty { return acceptGhost() }
    if input.editor.apply(stroke) {
      input.endCompletion()
      input.history.endWalk()
    }
    return []
  }

  /// What Tab or → would add.
  package var ghost: String {
    guard input.editor.isAtEnd, !input.editor.isEmpty else { return "" }
    return completion.ghost(behind: input.editor.octetsBeforeCursor)
  }

  mutating func acceptGhost() -> [WorkbenchEffect] {
    input.editor.insert(Array(ghost.utf8))
    input.endCompletion()
    return []
  }

  mutating func complete(isForward: Bool) -> [WorkbenchEffect] {
    if input.complete(completion, isForward: isForward) { return [] }
    return say("nothing to complete")
  }

  mutating func walkHistory(isOlder: Bool) {
    let typed = input.editor.octets
    guard let line = isOlder ? input.history.older(than: typed) : input.history.newer() else { return }
    input.editor = LineEditor(line)
    input.endCompletion()
  }

  private mutating func offerQuit() -> [WorkbenchEffect] {
    input.editor.insert(Array("QUIT".utf8))
    return say("⏎ sends QUIT; ^P disconnect drops the connection")
  }

  /// The keys of `^R`: text narrows, `^R` goes on, Enter takes, Esc leaves.
  private mutating func searchHistory(_ stroke: KeyStroke) -> [WorkbenchEffect] {
    guard var search = input.search else { return [] }
    switch stroke.key {
    case .control("R"): search.skipped += 1
    case .backspace: if !search.text.isEmpty { search.text.removeLast() }
    case .character(let scalar) where !stroke.isAlt:
      search.text += Array(String(scalar).utf8)
      search.skipped = 0
    case .escape, .control("C"), .control("G"):
      input.search = nil
      return []
    default:
      if let found = input.history.search(search.text, skipping: search.skipped) { input.editor = LineEditor(found) }
      input.search = nil
      return []
    }
    if input.history.search(search.text, skipping: search.skipped) == nil, search.skipped > 0 { search.skipped -= 1 }
    input.search = search
    return []
  }

  /// What `$EDITOR` gets: the message, or the staged lines and the line being typed, secrets left out.
  var textForEditor: [UInt8] {
    if case .composer = overlays.last { return composer.text }
    let lines = input.staged.filter { !$0.hasSecret }.map(\.octets) + [input.editor.octets]
    return Array(lines.joined(separator: [0x0A])) + [0x0A]
  }

  mutating func takeEdited(_ text: [UInt8]?) -> [WorkbenchEffect] {
    guard let text else { return say("the editor did not end well; nothing was changed", isError: true) + [.redraw] }
    if case .composer = overlays.last {
      composer = Composer(text: text)
      return [.redraw]
    }
    var lines = Composer.lines(of: text)
    if lines.last?.isEmpty == true { lines.removeLast() }
    input.staged = []
    stage(lines)
    return [.redraw]
  }

  /// All lines but the last are staged; the last one stands in the input.
  private mutating func stage(_ lines: [[UInt8]]) {
    for line in lines.dropLast() { input.staged.append(InputLine.outgoing(line, session: live.log.session)) }
    input.editor = LineEditor(lines.last ?? [])
  }

  mutating func paste(_ octets: [UInt8]) -> [WorkbenchEffect] {
    if let overlay = overlays.last { return paste(octets, into: overlay) }
    let lines = Composer.lines(of: octets)
    guard screen == .session, !isBrowsing else {
      if screen == .start { start.target.insert(lines[0].filter { $0 > 0x20 && $0 != 0x7F }) }
      if screen == .address { address.show(lines[0]) }
      if screen == .auth { auth.paste(octets) }
      return []
    }
    if live.log.session.isInMessage || lines.count > 21 {
      showComposer()
      composer.insert(octets)
      return []
    }
    guard lines.count > 1 else {
      input.editor.insert(lines[0])
      return []
    }
    return stagePaste(lines)
  }

  private mutating func stagePaste(_ lines: [[UInt8]]) -> [WorkbenchEffect] {
    stage([input.editor.octets + lines[0]] + lines.dropFirst())
    let count = input.staged.count
    return say("pasted: Enter sends \(count) line\(count == 1 ? "" : "s"), Esc drops them")
  }

  private mutating func paste(_ octets: [UInt8], into overlay: Overlay) -> [WorkbenchEffect] {
    let line = Composer.lines(of: octets)[0]
    overlays.removeLast()
    switch overlay {
    case .composer: composer.insert(octets)
    case .credentials(var prompt):
      if prompt.isAtPassword { prompt.password.insert(line) } else { prompt.user.insert(line) }
      overlays.append(.credentials(prompt))
      return []
    case .prompt(var prompt):
      prompt.line.insert(line)
      overlays.append(.prompt(prompt))
      return []
    default: break
    }
    overlays.append(overlay)
    return []
  }
}
