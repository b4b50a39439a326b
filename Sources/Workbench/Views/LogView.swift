/// What the workbench said: every message of the last row, errors marked.
enum LogView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    StatusView.bar(
      StyledText("Log", .strong), StyledText("\(model.journal.count) messages", .dim), row: 0, layout, on: &grid)
    let lines = model.journal.flatMap { entry -> [StyledText] in
      var line = StyledText(entry.isError ? "✗ " : "› ", entry.isError ? .permanentFailure : .dim)
      line.append(entry.text, entry.isError ? .permanentFailure : .normal)
      return line.wrapped(to: layout.width - 2)
    }
    let room = layout.hintRow - 3
    let start = max(0, lines.count - room - model.logScroll)
    let shown = lines.isEmpty ? [StyledText("nothing so far", .dim)] : Array(lines[start...])
    let sections = [PaneSection(title: "Messages", right: "q back", lines: shown, isFocused: true)]
    PaneSection.draw(sections, rows: 2..<layout.hintRow, columns: 0..<layout.width, on: &grid)
  }
}
