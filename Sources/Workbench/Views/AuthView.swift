import SASL
import SMTPSession
import SMTPWire

/// The AUTH screen: credentials, the login that they make, and a string taken apart.
enum AuthView {
  private static let labelWidth = 11
  private static let inputRows = AuthForm.Field.allCases.count
  /// The width of the left column, where there are two.
  private static let leftWidth = 44

  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let isLarge = layout.hasInspector
    StatusView.bar(status(model), StyledText(promise(isLarge), .dim), row: 0, layout, on: &grid)
    let top = layout.height >= 20 ? 2 : 1
    let end = layout.sizeClass == .wide && model.identity != nil ? layout.height * 2 / 3 - 2 : layout.hintRow
    if isLarge {
      drawTwoColumns(model, top..<end, layout, on: &grid)
    } else {
      drawOneColumn(model, top..<end, layout, on: &grid)
    }
    guard end < layout.hintRow else { return }
    let title = "Session  \(model.identity?.title ?? "")"
    DialogueView.draw(
      model, rows: end..<layout.hintRow, columns: 0..<layout.width, isFocused: false, title: title, on: &grid)
  }

  private static func status(_ model: WorkbenchModel) -> StyledText {
    var text = StyledText("AUTH ENCODER   ", .strong)
    text.append(model.auth.mechanism)
    text.append("   secrets ", .dim)
    text.append(model.showsSecrets ? "SHOWN" : "masked", model.showsSecrets ? .warning : .dim)
    return text
  }

  private static func promise(_ isLarge: Bool) -> String {
    isLarge ? "M-s show for 10 s · never written to recordings or history" : "M-s show 10 s"
  }

  private static func drawOneColumn(
    _ model: WorkbenchModel, _ rows: Range<Int>, _ layout: Layout, on grid: inout CellGrid
  ) {
    let columns = 0..<layout.width
    drawInput(model, row: rows.lowerBound, end: rows.upperBound, columns, on: &grid)
    let start = rows.lowerBound + inputRows
    // Who takes a string apart wants to see its parts.
    if model.auth.field == .decode { return drawDecode(model, start..<rows.upperBound, columns, on: &grid) }
    let decode = max(start, rows.upperBound - 2)
    let remarks = layout.height >= 20 ? 3 : 0
    let split = max(start, decode - remarks)
    drawDialogue(model, start..<split, columns, on: &grid)
    if remarks > 0 { drawRemarks(model, split..<decode, columns, isJoined: true, on: &grid) }
    drawDecode(model, decode..<rows.upperBound, columns, on: &grid)
  }

  private static func drawTwoColumns(
    _ model: WorkbenchModel, _ rows: Range<Int>, _ layout: Layout, on grid: inout CellGrid
  ) {
    let left = 0..<leftWidth
    let right = leftWidth + 1..<layout.width
    drawInput(model, row: rows.lowerBound, end: rows.upperBound, left, on: &grid)
    let start = rows.lowerBound + inputRows
    drawRemarks(model, start..<min(start + 9, rows.upperBound), left, isJoined: false, on: &grid)
    drawOffer(model, start + 9..<max(start + 9, rows.upperBound), left, on: &grid)
    let dialogue = min(rows.upperBound, rows.lowerBound + (rows.count >= 34 ? 14 : rows.count / 2))
    drawDialogue(model, rows.lowerBound..<dialogue, right, on: &grid)
    let derivation =
      (SASLMechanismTable.entry(model.auth.mechanism)?.derivation ?? []).map { StyledText($0) } + [StyledText()]
    let decode = PaneSection.draw(
      [PaneSection(title: "Derivation", lines: derivation)], rows: dialogue..<rows.upperBound, columns: right, on: &grid
    )
    drawDecode(model, decode..<rows.upperBound, right, on: &grid)
    for row in rows { grid.put(row == rows.lowerBound ? "┬" : "│", .rule, row: row, column: leftWidth) }
  }

  // MARK: Input

  /// All fields but the one to decode.
  private static func drawInput(
    _ model: WorkbenchModel, row: Int, end: Int, _ columns: Range<Int>, on grid: inout CellGrid
  ) {
    PaneFrame.rule("Input", row: row, columns: columns, isFocused: model.auth.field != .decode, on: &grid)
    for (index, field) in AuthForm.Field.allCases.enumerated() where field != .decode {
      let line = row + 1 + index
      guard line < end else { return }
      let isFocused = field == model.auth.field
      grid.put(name(field), isFocused ? .strong : .dim, row: line, column: columns.lowerBound + 1)
      let start = columns.lowerBound + 1 + labelWidth
      drawValue(field, model, row: line, start..<columns.upperBound, on: &grid)
    }
  }

  private static func name(_ field: AuthForm.Field) -> String {
    switch field {
    case .mechanism: "mechanism"
    case .user: "user"
    case .password: "password"
    case .authorization: "authzid"
    case .challenge: "challenge"
    case .nonce: "nonce"
    case .decode: "decode"
    }
  }

  private static func drawValue(
    _ field: AuthForm.Field, _ model: WorkbenchModel, row: Int, _ columns: Range<Int>, on grid: inout CellGrid
  ) {
    let form = model.auth
    switch field {
    case .mechanism:
      grid.put(mechanisms(form.mechanism), row: row, column: columns.lowerBound, columns: columns.count - 1)
      if form.field == field { grid.cursor = CellGrid.Position(row: row, column: columns.lowerBound + 2) }
    case .nonce:
      let used = grid.put("fixed for tests: ", row: row, column: columns.lowerBound, columns: columns.count)
      grid.put("[\(form.isNonceFixed ? "x" : " ")]", row: row, column: columns.lowerBound + used)
      if form.field == field { grid.cursor = CellGrid.Position(row: row, column: columns.lowerBound + used + 1) }
    case .password where !form[.password].isEmpty:
      let hint = StyledText("   from: \(form.source)", .dim)
      let room = max(1, columns.count - 1 - hint.width)
      let used = drawLine(field, model, row: row, columns.lowerBound..<columns.lowerBound + room, on: &grid)
      grid.put(hint, row: row, column: columns.lowerBound + used)
    default:
      if form[field].isEmpty {
        grid.put(ghost(field), .ghost, row: row, column: columns.lowerBound, columns: columns.count - 1)
      }
      drawLine(field, model, row: row, columns.lowerBound..<columns.upperBound - 1, on: &grid)
    }
  }

  /// The chosen one between arrows, and those that → would bring.
  private static func mechanisms(_ chosen: String) -> StyledText {
    let names = SASLClientMechanisms.names
    let index = names.firstIndex(of: chosen) ?? 0
    var text = StyledText("◂ ", .key)
    text.append(chosen, .strong)
    text.append(" ▸", .key)
    text.append(" ")
    for name in names[(index + 1)...] + names[..<index] { text.append(" " + name, .dim) }
    return text
  }

  private static func ghost(_ field: AuthForm.Field) -> String {
    field == .challenge ? "(made up; a server's 334 goes here)" : "(empty)"
  }

  /// The line of a field, shifted so that the cursor is in sight; returns the columns used.
  @discardableResult
  private static func drawLine(
    _ field: AuthForm.Field, _ model: WorkbenchModel, row: Int, _ columns: Range<Int>, on grid: inout CellGrid
  ) -> Int {
    let editor = model.auth[field]
    func text(_ octets: [UInt8], _ count: Int) -> StyledText {
      switch field {
      case _ where model.showsSecrets: StyledText(octets: octets)
      case .password: StyledText(String(repeating: "•", count: count), .secret)
      case .decode where model.auth.mayHoldSecret: DecodedText.veiled(octets)
      default: StyledText(octets: octets)
      }
    }
    let cursor = text(editor.octetsBeforeCursor, editor.cursor).width
    let isFocused = model.auth.field == field
    let shift = isFocused ? max(0, cursor - columns.count + 1) : 0
    let used = grid.put(
      text(editor.octets, editor.elements.count).dropping(columns: shift), row: row, column: columns.lowerBound,
      columns: columns.count)
    if isFocused { grid.cursor = CellGrid.Position(row: row, column: columns.lowerBound + cursor - shift) }
    return used
  }

  // MARK: Output

  private static func drawDialogue(
    _ model: WorkbenchModel, _ rows: Range<Int>, _ columns: Range<Int>, on grid: inout CellGrid
  ) {
    let lines = AuthDialogue.lines(model, room: rows.count - 1, width: columns.count - 2)
    PaneSection.draw(
      [PaneSection(title: "Dialogue it makes", right: "M-y yank line", lines: lines)], rows: rows, columns: columns,
      on: &grid)
  }

  private static func drawRemarks(
    _ model: WorkbenchModel, _ rows: Range<Int>, _ columns: Range<Int>, isJoined: Bool, on grid: inout CellGrid
  ) {
    let remarks = AuthRemarks.of(model)
    let width = columns.count - 2
    var joined = StyledText()
    for remark in remarks {
      if !joined.isEmpty { joined.append("  ") }
      joined.append(remark)
    }
    let lines = isJoined ? joined.wrapped(to: width) : remarks.flatMap { $0.wrapped(to: width) }
    PaneSection.draw([PaneSection(title: "Warnings", lines: lines)], rows: rows, columns: columns, on: &grid)
  }

  private static func drawOffer(
    _ model: WorkbenchModel, _ rows: Range<Int>, _ columns: Range<Int>, on grid: inout CellGrid
  ) {
    guard let identity = model.identity else { return }
    let session = model.live.log.session
    func line(_ capabilities: Capabilities?) -> String {
      guard let capabilities else { return "not asked yet" }
      return capabilities.mechanisms.isEmpty ? "(none)" : capabilities.mechanisms.joined(separator: "  ")
    }
    var lines = StyledText(line(session.capabilities)).wrapped(to: columns.count - 2)
    if session.isSecured, let plain = session.plainCapabilities {
      lines += StyledText("before TLS: " + line(plain), .dim).wrapped(to: columns.count - 2)
    }
    PaneSection.draw(
      [PaneSection(title: "Offered by \(identity.title)", lines: lines)], rows: rows, columns: columns, on: &grid)
  }

  private static func drawDecode(
    _ model: WorkbenchModel, _ rows: Range<Int>, _ columns: Range<Int>, on grid: inout CellGrid
  ) {
    guard rows.count > 1 else { return }
    let isFocused = model.auth.field == .decode
    PaneFrame.rule(
      "Decode", right: "paste a 334 line, base64 or a whole login", row: rows.lowerBound, columns: columns,
      isFocused: isFocused, on: &grid)
    let row = rows.lowerBound + 1
    grid.put("› ", .key, row: row, column: columns.lowerBound + 1)
    let start = columns.lowerBound + 3
    let entries = model.auth.decoded(now: model.unixTime)
    let used = drawLine(.decode, model, row: row, start..<columns.upperBound - 1, on: &grid)
    let below = rows.dropFirst(2)
    guard below.isEmpty else { return drawParts(entries, model, below, columns, on: &grid) }
    guard let first = entries.first,
      let text = DecodedText.beside(first.content, showsSecrets: model.showsSecrets)
    else { return }
    grid.put(text, row: row, column: start + used + 2, columns: columns.upperBound - start - used - 3)
  }

  private static func drawParts(
    _ entries: [SASLExchangeDecoder.Entry], _ model: WorkbenchModel, _ rows: Range<Int>, _ columns: Range<Int>,
    on grid: inout CellGrid
  ) {
    var lines: [StyledText] = []
    for entry in entries {
      if entries.count > 1 { lines.append(AuthDialogue.head(entry, model.showsSecrets)) }
      lines += DecodedText.lines(entry.content, showsSecrets: model.showsSecrets, width: columns.count - 4)
    }
    for (row, line) in zip(rows, lines) {
      grid.put(line, row: row, column: columns.lowerBound + 3, columns: columns.count - 4)
    }
  }
}
