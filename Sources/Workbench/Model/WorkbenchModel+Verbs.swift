import SMTPWire

extension WorkbenchModel {
  /// Why a verb can do nothing now; nil when it can.
  package func objection(to verb: Verb) -> String? {
    switch verb {
    case .goSession, .reconnect: identity == nil ? "no session yet" : nil
    case .goReplay, .stepLine, .stepReply, .stepAll, .restartReplay, .pauseReplay, .breakpoint, .paceSlower,
      .paceFaster,
      .editStep, .insertStep, .skipStep, .ignoreDifference, .nextDifference, .previousDifference:
      replay == nil ? "no recording is open: ^O opens one" : nil
    case .addressUse: identity == nil ? "no session yet: M-1 shows one, the start screen begins one" : nil
    case .authUse: isConnected ? nil : "not connected; M-y copies the line for telnet"
    case .addressFix: screen == .address ? nil : "M-3 opens the address screen"
    case .send, .stage, .disconnect, .resendLine, .compose: isConnected ? nil : "not connected"
    case .goTLS: live.log.tls.isUp || live.log.tls.failure != nil ? nil : "no TLS yet"
    case .editLine, .openLine, .mark, .yankLine, .yankSafe, .fold:
      pane.selectedRow == nil ? "no line is selected" : nil
    case .yankTranscript, .yankSwaks, .yankOpenSSL, .find, .filter:
      pane.log.rows.isEmpty ? "there is no dialogue" : nil
    default: nil
    }
  }

  /// Does what a verb says.
  package mutating func perform(_ verb: Verb) -> [WorkbenchEffect] {
    if let objection = objection(to: verb) { return say("\(verb.rawValue): \(objection)") }
    if let effects = performAuth(verb) ?? performSession(verb) { return effects }
    if let effects = performBrowse(verb) { return effects }
    return performGeneral(verb)
  }

  private mutating func performGeneral(_ verb: Verb) -> [WorkbenchEffect] {
    switch verb {
    case .help: overlays.append(.help(HelpOverlay()))
    case .palette: overlays.append(.palette(PaletteOverlay()))
    case .goSession: go(.session)
    case .goReplay: go(.replay)
    case .goTLS: go(.tls)
    case .goAddress, .addressCheck: go(.address)
    case .addressFix: return address.takeRepair() ? [] : say("no repair is certain")
    case .addressUse: return useAddress()
    case .goLog: go(.log)
    case .goStart: go(.start)
    case .openRecording: overlays.append(.prompt(PromptOverlay(.openRecording)))
    case .explain: showsFullExplanation.toggle()
    case .inspector: showsInspector.toggle()
    case .showSecrets: return showSecrets()
    case .mouse:
      isMouseOn.toggle()
      return [.setMouse(isMouseOn)] + say(isMouseOn ? "mouse wheel on; Shift selects text" : "mouse off")
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .interrupt: return interrupt()
    case .back: return goBack()
    case .quit: return askToQuit()
    case .closeOverlay: if !overlays.isEmpty { overlays.removeLast() }
    default: break
    }
    return []
  }

  private mutating func go(_ screen: Screen) {
    self.screen = screen
    logScroll = 0
  }

  /// Puts RCPT with the address into the session's line.
  private mutating func useAddress() -> [WorkbenchEffect] {
    guard !address.line.isEmpty else { return say("type an address first") }
    let path = address.judgement.wire
    address.keep()
    input.editor.replace(with: Array("RCPT TO:<".utf8) + path + Array(">".utf8))
    input.endCompletion()
    go(.session)
    isBrowsing = false
    return []
  }

  mutating func goBack() -> [WorkbenchEffect] {
    switch screen {
    case .start: return askToQuit()
    case .session:
      go(.start)
    case .replay, .address, .auth, .tls, .log: go(identity == nil ? .start : .session)
    }
    return []
  }

  private mutating func showSecrets() -> [WorkbenchEffect] {
    if showsSecrets {
      secretsUntil = nil
      return []
    }
    overlays.append(.confirm(.showSecrets))
    return []
  }

  mutating func revealSecrets() -> [WorkbenchEffect] {
    secretsUntil = now + .seconds(10)
    return say("secrets are shown for 10 s") + [.wake(after: .seconds(10))]
  }
}
