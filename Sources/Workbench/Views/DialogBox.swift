/// A box in the middle of the screen with lines in it.
enum DialogBox {
  /// Draws the box as large as its lines need, and returns the place of the first one.
  @discardableResult
  static func draw(_ title: String, _ lines: [StyledText], _ layout: Layout, on grid: inout CellGrid)
    -> CellGrid.Position
  {
    let width = min(layout.width - 2, max(40, (lines.map(\.width).max() ?? 0) + 4, title.count + 8))
    let height = min(layout.height - 2, lines.count + 2)
    let top = (layout.height - height) / 2
    let left = (layout.width - width) / 2
    PaneFrame.box(title, rows: top..<top + height, columns: left..<left + width, on: &grid)
    for (row, line) in zip(top + 1..<top + height - 1, lines) {
      grid.put(line, row: row, column: left + 2, columns: width - 4, layer: .overlay)
    }
    return CellGrid.Position(row: top + 1, column: left + 2)
  }

  /// The greatest width of a line.
  static func textWidth(_ layout: Layout) -> Int { min(72, layout.width - 6) }
}
