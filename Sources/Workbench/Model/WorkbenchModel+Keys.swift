extension WorkbenchModel {
  /// Where a key may mean something now, the first place first.
  package var keyPlaces: [KeyPlace] {
    if isComposing { return [.composer] }
    switch screen {
    case .start: return [.start, .everywhere]
    case .session: return [isBrowsing ? .browse : .input, .everywhere]
    case .replay: return [.replay, .browse, .everywhere]
    case .address: return [.address, .everywhere]
    case .auth: return [.auth, .everywhere]
    case .tls, .log: return [.browse, .everywhere]
    }
  }

  private var isComposing: Bool {
    overlays.contains { if case .composer = $0 { true } else { false } }
  }

  mutating func press(_ stroke: KeyStroke) -> [WorkbenchEffect] {
    if stroke == .control("L") { return [.redraw] }
    if stroke == .control("Z") { return [.suspend] }
    if Layout(width: width, height: height).sizeClass == .tiny {
      return stroke == .control("C") ? interrupt() : []
    }
    if let overlay = overlays.last, let effects = press(stroke, on: overlay) { return effects }
    if !awaitsText(stroke), let effects = pressBound(stroke) { return effects }
    return type(stroke)
  }

  /// Whether the key must go into the line although it is bound: the key behind `^V`, or a blank in the target.
  private func awaitsText(_ stroke: KeyStroke) -> Bool {
    if screen == .session, !isBrowsing, input.editor.awaitsLiteral { return true }
    if screen == .session, !isBrowsing, input.search != nil { return true }
    if screen == .address, address.line.awaitsLiteral { return true }
    if awaitsAuthText(stroke) { return true }
    if screen == .start, stroke == .character(" "), case .toggle = start.field { return false }
    return screen == .start && stroke == .character(" ")
  }

  /// What a key of the table leads to; nil when it is not bound here.
  mutating func pressBound(_ stroke: KeyStroke) -> [WorkbenchEffect]? {
    let places = keyPlaces
    if let first = pendingStroke {
      pendingStroke = nil
      guard let verb = KeyTable.verb(for: [first, stroke], in: places) else {
        return say("\(first.name)\(stroke.name) means nothing here")
      }
      return perform(verb)
    }
    if let verb = KeyTable.verb(for: [stroke], in: places) { return perform(verb) }
    if KeyTable.isPrefix(stroke, in: places) {
      pendingStroke = stroke
      return []
    }
    return nil
  }

  private mutating func type(_ stroke: KeyStroke) -> [WorkbenchEffect] {
    switch screen {
    case .start:
      start.type(stroke)
    case .address: _ = address.apply(stroke)
    case .auth: _ = auth.apply(stroke)
    case .session where !isBrowsing: return typeInput(stroke)
    default: break
    }
    return []
  }

  mutating func interrupt() -> [WorkbenchEffect] {
    let isSecond = lastInterrupt.map { now - $0 < .seconds(1) } ?? false
    lastInterrupt = now
    pendingStroke = nil
    if isSecond { return askToQuit() }
    if screen == .session, !isBrowsing { input.editor.clear() }
    if screen == .start { start.target.clear() }
    if screen == .address { address.show([]) }
    if screen == .auth { auth[auth.field].clear() }
    return say("^C again quits")
  }

  mutating func askToQuit() -> [WorkbenchEffect] {
    guard isConnected else { return [.quit] }
    overlays.append(.confirm(.quit))
    return []
  }
}
