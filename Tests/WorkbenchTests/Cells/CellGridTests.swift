import Testing

@testable import Workbench

struct CellGridTests {
  @Test("text outside the screen is cut, whatever the place")
  func bounds() {
    var grid = CellGrid(width: 4, height: 2)
    for row in -2..<4 { for column in -2..<6 { grid.put("abc日", row: row, column: column) } }
    grid.put(StyledText("too long for it"), row: 1, endingAt: 3)
    grid.clear(rows: -5..<50, columns: -3..<90, layer: .bar)
    grid.lay(.selection, row: 9, columns: 0..<3)
    #expect(grid.text == "\n\n")
  }

  @Test("a wide glyph has a right half, and loses it when one half is overwritten")
  func halves() {
    var grid = CellGrid(width: 4, height: 1)
    grid.put("日本", row: 0, column: 0)
    #expect(grid.row(0).map(\.isRightHalf) == [false, true, false, true])
    grid.put("x", row: 0, column: 1)
    #expect(grid.text == " x本\n")
    grid.put("y", row: 0, column: 2)
    #expect(grid.text == " xy\n")
    #expect(grid.row(0).allSatisfy { !$0.isRightHalf })
  }

  @Test("a wide glyph does not fit into one column")
  func edge() {
    var grid = CellGrid(width: 3, height: 1)
    grid.put("ab日", row: 0, column: 0)
    #expect(grid.text == "ab…\n")
  }

  @Test("a layer stays under what is written on it")
  func layers() {
    var grid = CellGrid(width: 3, height: 1)
    grid.clear(rows: 0..<1, columns: 0..<3, layer: .bar)
    grid.put("ab", .live, row: 0, column: 0)
    #expect(grid.row(0).map(\.layer) == [.bar, .bar, .bar])
    grid.lay(.selection, row: 0, columns: 1..<3)
    #expect(grid.row(0).map(\.layer) == [.bar, .selection, .selection])
  }
}
