/// The lines around panes and overlays.
enum PaneFrame {
  /// Draws the rule above a pane: its title at the left, what is to be known at the right.
  static func rule(
    _ title: String, right: String = "", row: Int, columns: Range<Int>, isFocused: Bool = false, on grid: inout CellGrid
  ) {
    let role = isFocused ? Role.focusRule : .rule
    let line = StyledText(String(repeating: "─", count: max(0, columns.count)), role)
    grid.put(line, row: row, column: columns.lowerBound, columns: columns.count)
    var head = StyledText(isFocused ? "▶" : " ", role)
    head.append(title + " ", isFocused ? .strong : .normal)
    let room = columns.count - 1
    let used = grid.put(head, row: row, column: columns.lowerBound + 1, columns: room)
    guard !right.isEmpty else { return }
    let tail = StyledText(" " + right + " ", .dim)
    guard used + tail.width + 2 <= room else { return }
    grid.put(tail, row: row, endingAt: columns.upperBound - 1)
  }

  /// Draws a box with a title in its upper edge and empties it.
  static func box(_ title: String, right: String = "", rows: Range<Int>, columns: Range<Int>, on grid: inout CellGrid) {
    guard rows.count > 1, columns.count > 3 else { return }
    grid.clear(rows: rows, columns: columns, layer: .overlay)
    let inner = columns.count - 2
    let line = String(repeating: "─", count: inner)
    let (left, end) = (columns.lowerBound, columns.upperBound - 1)
    grid.put("┌" + line + "┐", .rule, row: rows.lowerBound, column: left)
    grid.put("└" + line + "┘", .rule, row: rows.upperBound - 1, column: left)
    for row in rows.dropFirst().dropLast() {
      grid.put("│", .rule, row: row, column: left)
      grid.put("│", .rule, row: row, column: end)
    }
    let used = grid.put(" " + title + " ", .strong, row: rows.lowerBound, column: left + 2, columns: inner - 2)
    let tail = StyledText(" " + right, .dim)
    if !right.isEmpty, used + tail.width + 4 < inner { grid.put(tail, row: rows.lowerBound, endingAt: end) }
  }
}

/// A part of a pane: a rule and lines below it.
struct PaneSection {
  let title: String
  var right = ""
  let lines: [StyledText]
  var isFocused = false

  /// Draws sections below each other, those that have no room not at all, and returns the first row that is free.
  @discardableResult
  static func draw(
    _ sections: [PaneSection], rows: Range<Int>, columns: Range<Int>, indent: Int = 1, on grid: inout CellGrid
  ) -> Int {
    var row = rows.lowerBound
    for section in sections {
      guard row + 1 < rows.upperBound else { break }
      PaneFrame.rule(
        section.title, right: section.right, row: row, columns: columns, isFocused: section.isFocused, on: &grid)
      row += 1
      for line in section.lines.prefix(rows.upperBound - row) {
        grid.put(line, row: row, column: columns.lowerBound + indent, columns: columns.count - indent)
        row += 1
      }
    }
    return row
  }
}
