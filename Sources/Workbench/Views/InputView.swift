import SMTPSession
import SMTPWire

/// The line being typed, and its grammar.
enum InputView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let check = model.check
    let head = head(model, check)
    grid.put(head, row: layout.inputRow, column: 0)
    let room = max(1, layout.width - head.width - 1)
    let (text, cursor) = line(model, check)
    let shift = max(0, cursor - room + 1)
    grid.put(text.dropping(columns: shift), row: layout.inputRow, column: head.width, columns: room)
    grid.lay(.input, row: layout.inputRow, columns: 0..<layout.width)
    if !model.isBrowsing { grid.cursor = CellGrid.Position(row: layout.inputRow, column: head.width + cursor - shift) }
    grammar(model, check, layout, on: &grid)
  }

  private static func head(_ model: WorkbenchModel, _ check: LineCheck) -> StyledText {
    var head = StyledText(" " + (model.isBrowsing ? "BROWSE" : "INPUT"), .strong)
    if !model.input.staged.isEmpty { head.append(" +\(model.input.staged.count)", .warning) }
    let isEmpty = model.input.editor.isEmpty
    head.append(" " + (isEmpty ? "›" : check.verdict.sign) + " ", isEmpty ? .dim : role(check.verdict))
    return head
  }

  /// The line and the column of the cursor in it.
  private static func line(_ model: WorkbenchModel, _ check: LineCheck) -> (StyledText, Int) {
    let session = model.live.log.session
    if session.isInMessage {
      return (StyledText("the server waits for the message: any key opens the composer", .ghost), 0)
    }
    let octets = model.input.editor.octets
    let cursor = styled(model.input.editor.octetsBeforeCursor, model, nil).width
    var text = styled(octets, model, check.offset)
    text.append(model.ghost, .ghost)
    return (text, cursor)
  }

  private static func styled(_ octets: [UInt8], _ model: WorkbenchModel, _ fault: Int?) -> StyledText {
    var text = StyledText()
    var offset = 0
    for part in model.live.log.session.marked(octets).parts {
      switch part {
      case .octets(let octets):
        text.append(marked(octets, fault.map { $0 - offset }))
        offset += octets.count
      case .secret(let secret):
        text.append(
          model.showsSecrets
            ? StyledText(octets: secret.octets, .secret)
            : StyledText(String(repeating: "•", count: secret.count), .secret))
        offset += secret.count
      }
    }
    return text
  }

  /// Octets with the word at an offset marked.
  private static func marked(_ octets: [UInt8], _ fault: Int?) -> StyledText {
    guard let fault, octets.indices.contains(fault) else { return StyledText(octets: octets) }
    let length = max(1, octets[fault...].prefix { !$0.isASCIIBlank }.count)
    var text = StyledText(octets: octets[..<fault])
    text.append(StyledText(octets: octets[fault..<fault + length], .fault))
    text.append(StyledText(octets: octets[(fault + length)...]))
    return text
  }

  private static func grammar(_ model: WorkbenchModel, _ check: LineCheck, _ layout: Layout, on grid: inout CellGrid) {
    let octets = model.input.editor.octets
    var left = note(model, check, layout)
    if let search = model.input.search { left = found(search, model.input.history) }
    let count = octets.count + 2
    let right = StyledText(
      octets.isEmpty ? "" : "\(count)/512" + (layout.hasInspector ? " octets" : ""), count > 512 ? .warning : .dim)
    grid.put(left, row: layout.grammarRow, column: 1, columns: layout.width - 1 - (right.isEmpty ? 0 : right.width + 2))
    if !right.isEmpty { grid.put(right, row: layout.grammarRow, endingAt: layout.width - 1) }
  }

  private static func found(_ search: InputLine.Search, _ history: LineHistory) -> StyledText {
    var text = StyledText("search back ‹", .key)
    text.append(StyledText(octets: search.text))
    text.append("› ", .key)
    text.append(StyledText(octets: history.search(search.text, skipping: search.skipped) ?? []))
    return text
  }

  private static func note(_ model: WorkbenchModel, _ check: LineCheck, _ layout: Layout) -> StyledText {
    let session = model.live.log.session
    if model.isBrowsing { return StyledText("i goes back to the line; ? shows all keys", .dim) }
    if model.input.editor.awaitsLiteral { return StyledText("the next key goes into the line as it is", .key) }
    if [.doubtful, .wrong].contains(check.verdict) { return StyledText(check.reason, role(check.verdict)) }
    if session.awaitsResponse { return challenge(model) }
    if !model.input.staged.isEmpty, model.input.editor.isEmpty {
      return StyledText("\(model.input.staged.count) staged: ⏎ sends them in one write, Esc drops them", .warning)
    }
    guard !model.input.editor.isEmpty else { return suggestion(model) }
    let octets = model.input.editor.octets
    guard let grammar = CommandGrammar.of(Command(octets).verb) else { return StyledText() }
    return emphasized(grammar.row(offered: session.capabilities, isLong: layout.hasInspector), octets)
  }

  /// The grammar with the part that is being typed in bold.
  private static func emphasized(_ grammar: String, _ octets: [UInt8]) -> StyledText {
    let last = octets.split(separator: 0x20).last.map(Array.init) ?? []
    let key = String(
      decoding: last.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") }.map(\.asciiUppercased), as: UTF8.self
    )
    var text = StyledText()
    for word in grammar.split(separator: " ", omittingEmptySubsequences: false) {
      if !text.isEmpty { text.append(" ") }
      text.append(String(word), !key.isEmpty && word.contains(key) ? .strong : .dim)
    }
    return text
  }

  private static func challenge(_ model: WorkbenchModel) -> StyledText {
    guard let text = model.live.log.lastReply?.text, !text.isEmpty, let octets = try? Base64.decode(text) else {
      return StyledText("base64 for the server, or * to give up", .dim)
    }
    var line = StyledText("the server asks in base64: ", .dim)
    line.append(StyledText(octets: octets))
    return line
  }

  private static func suggestion(_ model: WorkbenchModel) -> StyledText {
    guard model.isConnected else {
      return StyledText("the connection is closed: ^P reconnect, q in BROWSE goes back", .dim)
    }
    let awaited = model.live.log.session.awaitedReplies
    if awaited > 0 { return StyledText("waiting for \(awaited == 1 ? "a reply" : "\(awaited) replies")", .dim) }
    return StyledText("type a command as in telnet; Tab completes, nothing is sent until ⏎", .dim)
  }

  private static func role(_ verdict: LineCheck.Verdict) -> Role {
    switch verdict {
    case .good: .completion
    case .unfinished: .dim
    case .doubtful: .warning
    case .wrong: .permanentFailure
    }
  }
}
