/// A whole screen of cells, and where the cursor stands.
///
/// Nothing is ever written outside it, whatever the coordinates: what does not fit is cut.
package struct CellGrid: Hashable, Sendable {
  /// A place on the screen, from 0.
  package struct Position: Hashable, Sendable {
    /// From 0, at the top.
    package var row: Int
    /// From 0, at the left.
    package var column: Int

    /// Makes a place.
    package init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// Columns, at least 1.
  package let width: Int
  /// Rows, at least 1.
  package let height: Int
  private var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Position?

  /// Makes an empty screen.
  package init(width: Int, height: Int) {
    self.width = min(max(1, width), 1000)
    self.height = min(max(1, height), 1000)
    cells = Array(repeating: .blank, count: self.width * self.height)
  }

  /// The cells of a row; a row outside the screen is empty.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    guard (0..<height).contains(row) else { return [] }
    return cells[row * width..<(row + 1) * width]
  }

  /// The screen's text, a line for each row, blanks at the ends of lines cut.
  package var text: String {
    (0..<height).map(text(ofRow:)).joined(separator: "\n") + "\n"
  }

  /// The text of one row, blanks at its end cut.
  package func text(ofRow row: Int) -> String {
    var line = Self.string(self.row(row))
    while line.last == " " { line.removeLast() }
    return line
  }

  private static func string(_ cells: ArraySlice<Cell>) -> String {
    var view = String.UnicodeScalarView()
    for cell in cells where !cell.isRightHalf {
      view.append(cell.glyph.scalar)
      if let mark = cell.glyph.firstMark { view.append(mark) }
      if let mark = cell.glyph.secondMark { view.append(mark) }
    }
    return String(view)
  }

  /// Writes text from a place on, within a number of columns, and returns the columns used.
  @discardableResult
  package mutating func put(
    _ text: StyledText, row: Int, column: Int, columns: Int = .max, layer: Layer? = nil
  ) -> Int {
    guard (0..<height).contains(row), (0..<width).contains(column), columns > 0 else { return 0 }
    let room = min(columns, width - column)
    var used = 0
    for cell in text.truncated(to: room).cells {
      set(cell, row: row, column: column + used, layer: layer)
      used += Int(cell.glyph.width)
    }
    return used
  }

  /// Writes a string from a place on; see the other `put`.
  @discardableResult
  package mutating func put(
    _ text: String, _ role: Role = .normal, row: Int, column: Int, columns: Int = .max, layer: Layer? = nil
  ) -> Int {
    put(StyledText(text, role), row: row, column: column, columns: columns, layer: layer)
  }

  /// Writes text so that it ends before a column, and returns the column it begins at.
  @discardableResult
  package mutating func put(_ text: StyledText, row: Int, endingAt end: Int, layer: Layer? = nil) -> Int {
    let start = max(0, end - text.width)
    put(text, row: row, column: start, columns: end - start, layer: layer)
    return start
  }

  /// Fills a rectangle with blanks of a layer.
  package mutating func clear(rows: Range<Int>, columns: Range<Int>, layer: Layer) {
    for row in rows.clamped(to: 0..<height) {
      for column in columns.clamped(to: 0..<width) {
        set(Cell(.blank, .normal, layer), row: row, column: column, layer: nil)
      }
    }
  }

  /// Gives all cells of a part of a row a layer and keeps what stands on them.
  package mutating func lay(_ layer: Layer, row: Int, columns: Range<Int>) {
    guard (0..<height).contains(row) else { return }
    for column in columns.clamped(to: 0..<width) { cells[row * width + column].layer = layer }
  }

  private mutating func set(_ cell: Cell, row: Int, column: Int, layer: Layer?) {
    let index = row * width + column
    var cell = cell
    cell.layer = layer ?? (cell.layer == .screen ? cells[index].layer : cell.layer)
    guard cell.glyph.width == 2 else {
      detach(index, column)
      cells[index] = cell
      return
    }
    guard column + 1 < width else {
      detach(index, column)
      cells[index] = Cell(.blank, cell.role, cell.layer)
      return
    }
    detach(index, column)
    detach(index + 1, column + 1)
    cells[index] = cell
    cells[index + 1] = cell.rightHalf
  }

  /// Blanks the other half of a wide glyph of which one half is about to be overwritten.
  private mutating func detach(_ index: Int, _ column: Int) {
    if cells[index].isRightHalf, column > 0 {
      cells[index - 1] = Cell(.blank, cells[index - 1].role, cells[index - 1].layer)
    }
    if cells[index].glyph.width == 2, column + 1 < width {
      cells[index + 1] = Cell(.blank, cells[index].role, cells[index].layer)
    }
  }
}
