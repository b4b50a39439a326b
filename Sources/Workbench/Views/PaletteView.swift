/// All verbs, narrowed by what is typed.
enum PaletteView {
  static func draw(_ palette: PaletteOverlay, _ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let isLarge = layout.hasInspector
    let rows = isLarge ? 10..<layout.height - 8 : 2..<layout.height - 2
    let margin = isLarge ? max(4, (layout.width - 90) / 2) : 2
    let columns = margin..<layout.width - margin
    let verbs = palette.verbs
    PaneFrame.box("Command palette", right: "\(verbs.count) verbs", rows: rows, columns: columns, on: &grid)
    let inner = columns.lowerBound + 2..<columns.upperBound - 2
    var line = StyledText("› ", .key)
    line.append(SafeText(octets: palette.text.octets))
    grid.put(line, row: rows.lowerBound + 1, column: inner.lowerBound, columns: inner.count, layer: .overlay)
    let cursor = StyledText(octets: palette.text.octetsBeforeCursor).width
    grid.cursor = CellGrid.Position(
      row: rows.lowerBound + 1, column: min(inner.upperBound, inner.lowerBound + 2 + cursor))
    drawVerbs(verbs, palette.chosen, model, rows: rows.lowerBound + 2..<rows.upperBound - 2, inner, on: &grid)
    drawReason(verbs, palette.chosen, model, row: rows.upperBound - 2, inner, on: &grid)
  }

  private static func drawVerbs(
    _ verbs: [Verb], _ chosen: Int, _ model: WorkbenchModel, rows: Range<Int>, _ columns: Range<Int>,
    on grid: inout CellGrid
  ) {
    let first = max(0, chosen - rows.count + 1)
    for (row, index) in zip(rows, first..<max(first, verbs.count)) {
      let verb = verbs[index]
      let role = model.objection(to: verb) == nil ? Role.normal : .dim
      let keys = KeyTable.keyNames(of: verb)
      let nameColumn = columns.lowerBound + columns.count * 6 / 10
      grid.put(
        verb.summary, role, row: row, column: columns.lowerBound, columns: columns.count * 6 / 10 - 1, layer: .overlay)
      grid.put(
        ":" + verb.rawValue, .dim, row: row, column: nameColumn,
        columns: max(0, columns.upperBound - nameColumn - keys.count - 1), layer: .overlay)
      grid.put(StyledText(keys, .key), row: row, endingAt: columns.upperBound, layer: .overlay)
      if index == chosen { grid.lay(.selection, row: row, columns: columns.lowerBound - 1..<columns.upperBound + 1) }
    }
  }

  private static func drawReason(
    _ verbs: [Verb], _ chosen: Int, _ model: WorkbenchModel, row: Int, _ columns: Range<Int>, on grid: inout CellGrid
  ) {
    guard verbs.indices.contains(chosen) else {
      grid.put(
        "nothing is called that", .warning, row: row, column: columns.lowerBound, columns: columns.count,
        layer: .overlay)
      return
    }
    guard let reason = model.objection(to: verbs[chosen]) else { return }
    grid.put(
      "not now: " + reason, .warning, row: row, column: columns.lowerBound, columns: columns.count, layer: .overlay)
  }
}
