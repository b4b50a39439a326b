@preconcurrency import CNcurses
import Workbench

/// Draws a `CellGrid`: the rows that changed, and nothing else.
@UI final class CellPainter {
  private let theme: Theme
  private var shown: CellGrid?
  private var isAgreed: [UInt32: Bool] = [:]

  init(theme: Theme) {
    self.theme = theme
  }

  /// Forgets what is on the screen, so that all of it is drawn again.
  func invalidate() { shown = nil }

  func paint(_ grid: CellGrid) {
    if shown?.width != grid.width || shown?.height != grid.height { shown = nil }
    if shown == nil { werase(stdscr) }
    for row in 0..<grid.height where shown?.row(row) != grid.row(row) { paint(row, grid.row(row)) }
    shown = grid
    place(grid.cursor)
    wnoutrefresh(stdscr)
    doupdate()
  }

  private func paint(_ row: Int, _ cells: ArraySlice<Cell>) {
    var characters: [cchar_t] = []
    characters.reserveCapacity(cells.count)
    for cell in cells where !cell.isRightHalf { append(cell, to: &characters) }
    wmove(stdscr, Int32(row), 0)
    wadd_wchnstr(stdscr, characters, Int32(characters.count))
  }

  private func place(_ cursor: CellGrid.Position?) {
    guard let cursor else {
      curs_set(0)
      return
    }
    wmove(stdscr, Int32(cursor.row), Int32(cursor.column))
    curs_set(1)
  }

  private func append(_ cell: Cell, to characters: inout [cchar_t]) {
    let glyph = cell.glyph
    let look = theme.look(cell.role, cell.layer)
    guard agrees(glyph.scalar, Int32(glyph.width)) else {
      // The C library would move the rest of the row: better a sign that something is missing.
      for _ in 0..<glyph.width { characters.append(Self.character("\u{FFFD}", nil, nil, look)) }
      return
    }
    let first = glyph.firstMark.flatMap { agrees($0, 0) ? $0 : nil }
    let second = glyph.secondMark.flatMap { agrees($0, 0) ? $0 : nil }
    characters.append(Self.character(glyph.scalar, first, second, look))
  }

  /// Whether the C library gives a scalar the number of columns that our table gives it.
  private func agrees(_ scalar: Unicode.Scalar, _ width: Int32) -> Bool {
    if scalar.isASCII { return true }
    if let known = isAgreed[scalar.value] { return known }
    let answer = wcwidth(wchar_t(bitPattern: scalar.value)) == width
    isAgreed[scalar.value] = answer
    return answer
  }

  private static func character(
    _ scalar: Unicode.Scalar, _ first: Unicode.Scalar?, _ second: Unicode.Scalar?, _ look: Theme.Look
  ) -> cchar_t {
    var character = cchar_t()
    // Old code reads the pair from the attributes, new code from its own field: both must know it.
    character.attr = look.attributes | attr_t(UInt32(bitPattern: min(look.pair, 255))) << 8
    character.ext_color = look.pair
    character.chars = (wide(scalar), wide(first), wide(second), 0, 0)
    return character
  }

  private static func wide(_ scalar: Unicode.Scalar?) -> wchar_t { wchar_t(bitPattern: scalar?.value ?? 0) }
}
