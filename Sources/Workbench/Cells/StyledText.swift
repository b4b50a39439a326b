/// One row's worth of glyphs, each with a role: what views are written with.
package struct StyledText: Hashable, Sendable {
  /// The glyphs with their roles; none of them is a right half.
  package private(set) var cells: [Cell] = []

  /// Makes an empty text.
  package init() {}

  /// Makes a text in one role.
  package init(_ text: String, _ role: Role = .normal) {
    append(text, role)
  }

  /// Makes a text of octets from anywhere, in one role; escapes have the role `.raw`.
  package init(octets: some Sequence<UInt8>, _ role: Role = .normal) {
    append(SafeText(octets: octets), role)
  }

  /// The number of columns.
  package var width: Int { cells.reduce(0) { $0 + Int($1.glyph.width) } }
  /// Whether there is nothing.
  package var isEmpty: Bool { cells.isEmpty }
  /// The glyphs as a string.
  package var string: String {
    cells.reduce(into: "") { text, cell in
      text.unicodeScalars.append(cell.glyph.scalar)
      if let mark = cell.glyph.firstMark { text.unicodeScalars.append(mark) }
      if let mark = cell.glyph.secondMark { text.unicodeScalars.append(mark) }
    }
  }

  /// Adds a string.
  package mutating func append(_ text: String, _ role: Role = .normal) {
    append(SafeText(text), role)
  }

  /// Adds safe text; escapes have the role `.raw`.
  package mutating func append(_ text: SafeText, _ role: Role = .normal) {
    for glyph in text.glyphs { cells.append(Cell(glyph, glyph.isRaw ? .raw : role)) }
  }

  /// Adds another text as it is.
  package mutating func append(_ other: StyledText) {
    cells += other.cells
  }

  /// The text, cut to a number of columns; what was cut ends in `…`.
  package func truncated(to columns: Int) -> StyledText {
    guard width > columns else { return self }
    var text = StyledText()
    var used = 0
    for cell in cells {
      let width = Int(cell.glyph.width)
      if used + width > columns - 1 { break }
      text.cells.append(cell)
      used += width
    }
    if columns > 0 { text.cells.append(Cell(.ellipsis, text.cells.last?.role ?? .dim)) }
    return text
  }

  /// The text without its first columns; a wide glyph that is cut in half goes whole.
  package func dropping(columns: Int) -> StyledText {
    var text = StyledText()
    var used = 0
    for cell in cells {
      if used >= columns { text.cells.append(cell) }
      used += Int(cell.glyph.width)
    }
    return text
  }

  /// The text with blanks behind it up to a number of columns, or cut to it.
  package func padded(to columns: Int) -> StyledText {
    var text = truncated(to: columns)
    let missing = columns - text.width
    if missing > 0 { text.cells += Array(repeating: .blank, count: missing) }
    return text
  }

  /// The text in rows of at most a number of columns, broken at blanks where it can be.
  package func wrapped(to columns: Int) -> [StyledText] {
    guard columns > 1 else { return [truncated(to: columns)] }
    var rows: [StyledText] = []
    var row = StyledText()
    for word in words() {
      let gap = row.isEmpty ? 0 : 1
      if row.width + gap + word.width > columns, !row.isEmpty {
        rows.append(row)
        row = StyledText()
      }
      if !row.isEmpty { row.cells.append(Cell(.blank, word.cells.first?.role ?? .normal)) }
      for cell in word.cells {
        if row.width + Int(cell.glyph.width) > columns {
          rows.append(row)
          row = StyledText()
        }
        row.cells.append(cell)
      }
    }
    return row.isEmpty && !rows.isEmpty ? rows : rows + [row]
  }

  private func words() -> [StyledText] {
    cells.split { $0.glyph == .blank }.map { part in
      var word = StyledText()
      word.cells = Array(part)
      return word
    }
  }

  /// The text with one role for all that is not raw.
  package func recast(_ role: Role) -> StyledText {
    var text = self
    for index in text.cells.indices where text.cells[index].role != .raw { text.cells[index].role = role }
    return text
  }
}
