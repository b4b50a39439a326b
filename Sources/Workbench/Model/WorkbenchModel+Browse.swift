import Dialogue
import SMTPWire

extension WorkbenchModel {
  /// The verbs that move and act in the dialogue; nil for any other.
  mutating func performBrowse(_ verb: Verb) -> [WorkbenchEffect]? {
    if let distance = distance(of: verb) { return move(by: distance) }
    switch verb {
    case .browse: return leaveInput()
    case .top: changePane { $0.select($0.shownNumbers.first ?? 0) }
    case .bottom: changePane { $0.selectLast() }
    case .openLine: overlays.append(.detail(number: pane.selected, scroll: 0))
    case .editLine: return editLine()
    case .resendLine: return resendLine()
    case .find: overlays.append(.prompt(PromptOverlay(.find)))
    case .filter: overlays.append(.prompt(PromptOverlay(.filter, pane.filter)))
    case .findNext, .findPrevious: return find(isForward: verb == .findNext)
    case .follow:
      changePane { pane in if pane.isFollowing { pane.isFollowing = false } else { pane.selectLast() } }
    case .fold: toggleFold()
    case .mark: changePane { $0.marks.formSymmetricDifference([$0.selected]) }
    case .nextProblem, .previousProblem: return findProblem(isForward: verb == .nextProblem)
    default: return performYank(verb)
    }
    return []
  }

  private func distance(of verb: Verb) -> Int? {
    let page = max(1, height - 9)
    switch verb {
    case .up: return -1
    case .down: return 1
    case .pageUp: return -page
    case .pageDown: return page
    default: return nil
    }
  }

  private mutating func move(by distance: Int) -> [WorkbenchEffect] {
    switch screen {
    case .start: start.walkRecents(isDown: distance > 0)
    case .log: logScroll = min(max(0, logScroll - distance), journal.count * 20)
    case .address: address.walk(isOlder: distance < 0)
    case .auth: auth.move(isForward: distance > 0)
    case .tls: logScroll = max(0, logScroll + distance)
    case .replay: replay.map { replay?.select($0.selected + distance) }
    case .session: changePane { $0.move(by: distance) }
    }
    return []
  }

  private mutating func leaveInput() -> [WorkbenchEffect] {
    if screen == .session, !isBrowsing, !input.staged.isEmpty {
      input.staged = []
      return say("the staged lines are dropped")
    }
    switch screen {
    case .session: isBrowsing = true
    case .start: start.field = .target
    default: return goBack()
    }
    return []
  }

  private mutating func editLine() -> [WorkbenchEffect] {
    guard case .sent(let line)? = pane.selectedRow?.event else { return say("only a sent line can be edited") }
    if line.hasSecret { return say("a line with a secret is not copied") }
    input.editor = LineEditor(line.octets)
    isBrowsing = false
    screen = identity == nil ? screen : .session
    return []
  }

  private mutating func resendLine() -> [WorkbenchEffect] {
    guard case .sent(let line)? = pane.selectedRow?.event else { return say("only a sent line can be sent again") }
    if line.hasSecret, live.log.hasForgotten { return say("its secret is forgotten") }
    live.selectLast()
    return [.send([line])]
  }

  mutating func find(isForward: Bool) -> [WorkbenchEffect] {
    let text = pane.search
    guard !text.isEmpty else { return say("search first with /") }
    var isFound = false
    changePane { isFound = $0.selectNext(isForward: isForward) { DialoguePane.matches($0, text) } }
    return isFound ? [] : say("no line holds \(text)")
  }

  private mutating func findProblem(isForward: Bool) -> [WorkbenchEffect] {
    var isFound = false
    changePane { isFound = $0.selectNext(isForward: isForward) { $0.problem != nil } }
    return isFound ? [] : say("no problem so far")
  }

  private mutating func toggleFold() {
    changePane { pane in
      guard let row = pane.selectedRow else { return }
      let head = row.foldHead ?? row.number
      guard pane.log.row(number: head)?.fold != nil else { return }
      pane.unfolded.formSymmetricDifference([head])
      pane.select(head)
    }
  }

  private mutating func performYank(_ verb: Verb) -> [WorkbenchEffect]? {
    let log = pane.log
    switch verb {
    case .yankLine, .yankSafe: return copy(pane.selectedRow.map(RowText.plain) ?? "")
    case .yankTranscript: return copy(SessionExport.transcript(log))
    case .yankSwaks: return copy(SessionExport.swaks(log, target: identity?.title ?? ""))
    case .yankOpenSSL: return copy(SessionExport.openssl(log, target: identity?.title ?? ""))
    default: return nil
    }
  }

  private mutating func copy(_ text: String) -> [WorkbenchEffect] {
    [.copy(text)] + say("copied \(text.utf8.count) octets")
  }
}
