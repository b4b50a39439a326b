/// Why the selected line is as it is.
enum ExplanationView {
  static func draw(_ model: WorkbenchModel, rows: Range<Int>, columns: Range<Int>, on grid: inout CellGrid) {
    guard rows.count > 1 else { return }
    let explanation = model.explanation
    let title = explanation.map { "Why \($0.title)" } ?? "Why"
    let clause = explanation.map { $0.clause.isEmpty ? "" : $0.clause + " · " } ?? ""
    PaneFrame.rule(title, right: clause + "M-w more", row: rows.lowerBound, columns: columns, on: &grid)
    for (row, line) in zip(
      rows.dropFirst(), lines(explanation, width: columns.count - 2, isFull: model.showsFullExplanation))
    {
      grid.put(line, row: row, column: columns.lowerBound + 1, columns: columns.count - 2)
    }
  }

  /// The explanation in lines of a number of columns.
  static func lines(_ explanation: Explanation?, width: Int, isFull: Bool) -> [StyledText] {
    guard let explanation else { return [StyledText("Nothing has happened that needs a reason.", .dim)] }
    var lines = StyledText(explanation.text).wrapped(to: width)
    for (index, step) in explanation.next.enumerated() {
      var line = StyledText(index == 0 ? "Next " : "  or ", .key)
      line.append(step)
      lines += line.wrapped(to: width)
    }
    if isFull { lines += explanation.layers.flatMap { StyledText($0, .dim).wrapped(to: width) } }
    return lines
  }
}
