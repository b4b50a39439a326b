/// One column of one row of the screen: a printable scalar, at most two marks on it, and its meaning.
///
/// A cell is made of a `SafeText.Glyph` or a blank, so that no cell can hold what a terminal would obey.
package struct Cell: Hashable, Sendable {
  /// What is drawn.
  package let glyph: SafeText.Glyph
  /// What the character means; a theme gives it a colour.
  package var role: Role
  /// What lies behind the character.
  package var layer: Layer
  /// Whether the cell is the right half of the wide glyph before it; its own glyph is then a blank.
  package let isRightHalf: Bool

  /// Makes a cell of a glyph.
  package init(_ glyph: SafeText.Glyph, _ role: Role = .normal, _ layer: Layer = .screen) {
    self.glyph = glyph
    self.role = role
    self.layer = layer
    isRightHalf = false
  }

  private init(rightHalfOf cell: Cell) {
    glyph = .blank
    role = cell.role
    layer = cell.layer
    isRightHalf = true
  }

  /// A cell with nothing on it.
  package static let blank = Cell(.blank)

  /// The right half, when the cell's glyph is two columns wide.
  package var rightHalf: Cell { Cell(rightHalfOf: self) }
}
