/// The start screen.
enum StartView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let isLarge = layout.hasInspector
    var left = StyledText("parley \(model.version)", .strong)
    left.append("   " + (model.isConnected ? "connected to \(model.identity?.title ?? "")" : "not connected"))
    var right = StyledText(isLarge ? "secrets masked   " : "masked  ", .dim)
    right.append("ref MTA \(isLarge ? model.reference ?? "off" : model.reference == nil ? "off" : "up")", .dim)
    StatusView.bar(left, right, row: 0, layout, on: &grid)
    let edge = layout.barColumn
    let isRoomy = layout.height >= 24
    let end = layout.hintRow
    var row = isRoomy ? 2 : 1
    drawTarget(model, row, edge, on: &grid)
    row += isRoomy ? 5 : 4
    for section in sections(model, isLarge) {
      guard row + 1 < end else { break }
      row = PaneSection.draw([section], rows: row..<end, columns: 0..<edge, indent: 2, on: &grid)
      if isRoomy, section.title != "Do something else" { row += 1 }
    }
    if isLarge { drawSide(model, layout, on: &grid) }
  }

  private static func drawTarget(_ model: WorkbenchModel, _ row: Int, _ edge: Int, on grid: inout CellGrid) {
    let form = model.start
    PaneFrame.rule("Connect to", row: row, columns: 0..<edge, isFocused: true, on: &grid)
    grid.put(
      "host[:port]  or  ref, the bundled test server (⏎ on the empty line)", .dim, row: row + 1, column: 2,
      columns: edge - 3)
    let used = grid.put("› ", .key, row: row + 2, column: 2)
    let cursor = StyledText(octets: form.target.octetsBeforeCursor).width
    let room = max(1, edge - 5 - used)
    let shift = max(0, cursor - room + 1)
    if form.target.isEmpty { grid.put(StartForm.proposal, .ghost, row: row + 2, column: 4, columns: room) }
    grid.put(
      StyledText(octets: form.target.octets, .strong).dropping(columns: shift), row: row + 2, column: 4, columns: room)
    var column = 2
    var place = CellGrid.Position(row: row + 2, column: 4 + cursor - shift)
    for (index, item) in form.switches.enumerated() {
      let text = StyledText("[\(item.isOn ? "x" : " ")] \(item.name)", form.field == .toggle(index) ? .strong : .normal)
      if form.field == .toggle(index) { place = CellGrid.Position(row: row + 3, column: min(column + 1, edge - 1)) }
      column += grid.put(text, row: row + 3, column: column, columns: max(0, edge - column - 1)) + 2
    }
    grid.cursor = place
  }

  private static func sections(_ model: WorkbenchModel, _ isLarge: Bool) -> [PaneSection] {
    let recent = PaneSection(title: "Recent", right: "↓ then ⏎", lines: recents(model.start))
    let other = PaneSection(title: "Do something else", lines: others)
    return isLarge ? [recent, other] : [recent, other, PaneSection(title: "Tip", lines: tip(width: 76))]
  }

  private static func recents(_ form: StartForm) -> [StyledText] {
    if form.recents.isEmpty { return [StyledText("none yet; ref is a good beginning", .dim)] }
    return form.recents.prefix(9).enumerated().map { index, recent in
      let isChosen = form.field == .recent(index)
      var line = StyledText("\(index + 1) ", .key)
      line.append(StyledText(recent.target, isChosen ? .strong : .normal).padded(to: 24))
      line.append(StyledText(recent.when, .dim).padded(to: 13))
      line.append(recent.outcome)
      return isChosen ? line.recast(.strong) : line
    }
  }

  private static let others: [StyledText] = [
    [("^O", "open a recording"), ("M-2", "replay"), ("M-1", "session")],
    [("M-3", "check an address"), ("M-4", "encode AUTH"), ("M-5", "TLS of the session")],
    [("M-7", "log"), ("F1", "help"), ("^P", "palette")],
  ].map { row in
    row.reduce(into: StyledText()) { line, entry in
      if !line.isEmpty { line = line.padded(to: (line.width / 24 + 1) * 24) }
      line.append(entry.0 + " ", .key)
      line.append(entry.1)
    }
  }

  private static func tip(width: Int) -> [StyledText] {
    StyledText(
      "Type SMTP as in telnet. Grey text is what Tab would add; nothing is sent until ⏎. The final dot asks again when the host is not a test server.",
      .dim
    ).wrapped(to: width)
  }

  private static func drawSide(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let bar = layout.barColumn
    let rows = 2..<layout.hintRow - 1
    for row in rows { grid.put("│", .rule, row: row, column: bar) }
    grid.put("┬", .rule, row: rows.lowerBound, column: bar)
    let columns = bar + 1..<layout.width
    let state =
      model.reference.map { words in
        var line = StyledText("● ", .completion)
        line.append(words)
        return [
          line, StyledText("  accepts mail for example.com and example.org", .dim),
          StyledText("  alice/wonderland and bob/builder", .dim),
        ]
      } ?? [StyledText("○ off; connecting to ref starts it", .dim)]
    PaneSection.draw(
      [
        PaneSection(title: "Reference MTA", lines: state + [StyledText()]),
        PaneSection(title: "Tip", lines: tip(width: columns.count - 2)),
      ], rows: rows, columns: columns, on: &grid)
  }
}
