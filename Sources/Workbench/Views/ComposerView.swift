import SMTPSession
import SMTPWire

/// The message being written, over the session.
enum ComposerView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let top = layout.hasInspector ? 5 : 2
    let columns = 0..<layout.width
    grid.clear(rows: top..<layout.height, columns: columns, layer: .screen)
    let composer = model.composer
    PaneFrame.rule(
      "DATA composer", right: size(composer, layout), row: top, columns: columns, isFocused: true, on: &grid)
    let foot = layout.height >= 15 ? 4 : 2
    let rows = top + 1..<layout.height - foot
    drawLines(composer, rows, layout, on: &grid)
    if foot == 4 { drawNotes(model, layout, on: &grid) }
    drawAdvice(model, layout, on: &grid)
    HintView.draw(model, layout, on: &grid)
  }

  private static func size(_ composer: Composer, _ layout: Layout) -> String {
    let stuffed = composer.lines.count { $0.octets.first == UInt8(ascii: ".") }
    let isEightBit = composer.lines.contains { $0.octets.contains { $0 > 0x7F } }
    let octets = "\(composer.wireCount) octets"
    guard layout.hasInspector else { return octets }
    return octets + " · dot-stuffed \(stuffed) · 8-bit: \(isEightBit ? "yes" : "no")"
  }

  private static func drawLines(_ composer: Composer, _ rows: Range<Int>, _ layout: Layout, on grid: inout CellGrid) {
    let first = max(0, composer.row - rows.count + 1)
    for (row, index) in zip(rows, first..<max(first, composer.lines.count)) {
      let number = String(index + 1)
      grid.put(String(repeating: " ", count: max(0, 3 - number.utf8.count)) + number + " ", .dim, row: row, column: 0)
      let line = composer.lines[index]
      let cursor = StyledText(octets: line.octetsBeforeCursor).width
      let room = layout.width - 5
      let shift = index == composer.row ? max(0, cursor - room + 1) : 0
      let text = text(line.octets, isEnd: composer.isFinalDot(index))
      grid.put(text.dropping(columns: shift), row: row, column: 4, columns: room)
      if index == composer.row { grid.cursor = CellGrid.Position(row: row, column: 4 + cursor - shift) }
    }
  }

  private static func text(_ octets: [UInt8], isEnd: Bool) -> StyledText {
    var text = StyledText(octets: octets)
    if isEnd {
      text.append("   ‹⏎ sends the message›", .ghost)
    } else if octets.first == UInt8(ascii: ".") {
      text.append("   ‹sent as .", .ghost)
      text.append(SafeText(octets: octets), .ghost)
      text.append("›", .ghost)
    }
    if octets.count > 998 { text.append("   ‹\(octets.count) octets›", .warning) }
    return text
  }

  private static func drawNotes(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let row = layout.height - 4
    PaneFrame.rule("Before sending", row: row, columns: 0..<layout.width, on: &grid)
    var line = StyledText()
    for note in model.composer.notes(session: model.live.log.session) {
      if !line.isEmpty { line.append("  ") }
      line.append((note.isGood ? "✓ " : "! ") + note.text, note.isGood ? .completion : .warning)
    }
    grid.put(line, row: row + 1, column: 1, columns: layout.width - 2)
  }

  private static func drawAdvice(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let accepted = model.live.log.session.acceptedRecipients
    let isLive = model.identity?.isReference == false
    let text =
      isLive
      ? "LIVE host: the final dot asks before it delivers to \(accepted) recipient\(accepted == 1 ? "" : "s")"
      : "A lone dot and ⏎, or ^D, ends the message; a doubled dot is sent where a line begins with one"
    grid.put(text, isLive ? .live : .dim, row: layout.grammarRow, column: 1, columns: layout.width - 2)
  }
}
