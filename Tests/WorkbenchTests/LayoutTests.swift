import Testing

@testable import Workbench

struct LayoutTests {
  @Test(
    "the class of a size",
    arguments: [
      (39, 10, Layout.Class.tiny), (40, 9, .tiny), (40, 10, .compact), (80, 24, .compact), (99, 60, .compact),
      (120, 29, .compact), (100, 30, .standard), (120, 40, .standard), (160, 44, .standard), (160, 45, .wide),
    ])
  func classes(_ size: (width: Int, height: Int, name: Layout.Class)) {
    #expect(Layout(width: size.width, height: size.height).sizeClass == size.name)
  }

  @Test("at 120 columns the inspector begins at column 74, as it was drawn")
  func bar() {
    #expect(Layout(width: 120, height: 40).barColumn == 73)
    #expect(Layout(width: 80, height: 24).barColumn == 80)
  }

  @Test("panes, input, grammar and hints share the rows")
  func rows() {
    let layout = Layout(width: 80, height: 24)
    #expect(layout.paneRows == 2..<21)
    #expect([layout.inputRow, layout.grammarRow, layout.hintRow] == [21, 22, 23])
  }
}
