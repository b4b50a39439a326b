/// How the screen is divided, from its size alone.
package struct Layout: Hashable, Sendable {
  /// The classes of size.
  package enum Class: Sendable {
    /// Too small for anything but a word about it.
    case tiny
    /// One pane.
    case compact
    /// The dialogue and the inspector side by side.
    case standard
    /// Room for a side list, too.
    case wide
  }

  /// The smallest screen that shows more than its size.
  package static let smallest = (width: 40, height: 10)

  /// The screen in columns.
  package let width: Int
  /// The screen in rows.
  package let height: Int
  /// The class of the size.
  package let sizeClass: Class

  /// Divides a screen of a number of columns and rows.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
    sizeClass =
      switch (width, height) {
      case _ where width < Self.smallest.width || height < Self.smallest.height: .tiny
      case _ where width < 100 || height < 30: .compact
      case _ where width >= 160 && height >= 45: .wide
      default: .standard
      }
  }

  /// Whether an inspector stands beside the dialogue.
  package var hasInspector: Bool { sizeClass == .standard || sizeClass == .wide }

  /// The column of the bar between dialogue and inspector; the screen's width when there is no inspector.
  package var barColumn: Int { hasInspector ? width * 61 / 100 : width }

  /// The rows of the panes: below the two status rows, above input, grammar and hints.
  package var paneRows: Range<Int> { 2..<max(3, height - 3) }
  /// The row of the line being typed.
  package var inputRow: Int { height - 3 }
  /// The row of the grammar.
  package var grammarRow: Int { height - 2 }
  /// The row of key hints and flashes.
  package var hintRow: Int { height - 1 }
  /// The number of rows of the explanation below a compact dialogue, its rule included.
  package var explanationRows: Int { hasInspector ? 0 : 3 }
}
