/// The live session: dialogue, explanation or inspector, and the input.
enum SessionView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    StatusView.draw(model, layout, on: &grid)
    if layout.hasInspector {
      drawSideBySide(model, layout, on: &grid)
    } else {
      drawOnePane(model, layout, on: &grid)
    }
    InputView.draw(model, layout, on: &grid)
  }

  private static func drawSideBySide(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let rows = layout.paneRows
    let bar = layout.barColumn
    let timingRows = rows.count >= 30 ? 4 : 0
    DialogueView.draw(
      model, rows: rows.lowerBound..<rows.upperBound - timingRows, columns: 0..<bar, on: &grid)
    if timingRows > 0 {
      TimingView.draw(model, rows: rows.upperBound - timingRows..<rows.upperBound, columns: 0..<bar, on: &grid)
    }
    for row in rows { grid.put("│", .rule, row: row, column: bar) }
    grid.put("┬", .rule, row: rows.lowerBound, column: bar)
    let columns = bar + 1..<layout.width
    PaneSection.draw(InspectorView.sections(model, width: columns.count), rows: rows, columns: columns, on: &grid)
  }

  private static func drawOnePane(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let rows = layout.paneRows
    if model.showsInspector {
      PaneSection.draw(
        InspectorView.sections(model, width: layout.width), rows: rows, columns: 0..<layout.width, on: &grid)
      return
    }
    let most = max(0, rows.count - 4)
    let wanted = model.showsFullExplanation ? 10 : layout.explanationRows
    let split = rows.upperBound - min(most, wanted)
    DialogueView.draw(model, rows: rows.lowerBound..<split, columns: 0..<layout.width, on: &grid)
    ExplanationView.draw(model, rows: split..<rows.upperBound, columns: 0..<layout.width, on: &grid)
  }
}
