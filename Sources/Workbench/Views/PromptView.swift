/// One line asked for in the last row.
enum PromptView {
  static func draw(_ prompt: PromptOverlay, _ layout: Layout, on grid: inout CellGrid) {
    let row = layout.hintRow
    grid.clear(rows: row..<row + 1, columns: 0..<layout.width, layer: .input)
    let head = StyledText(prompt.purpose.label + " › ", .key).truncated(to: max(4, layout.width - 12))
    let used = grid.put(head, row: row, column: 1, layer: .input)
    let cursor = StyledText(octets: prompt.line.octetsBeforeCursor).width
    let room = max(1, layout.width - used - 2)
    let shift = max(0, cursor - room + 1)
    grid.put(
      StyledText(octets: prompt.line.octets).dropping(columns: shift), row: row, column: 1 + used, columns: room,
      layer: .input)
    grid.cursor = CellGrid.Position(row: row, column: 1 + used + cursor - shift)
  }
}
