/// Name and password of AUTH.
enum CredentialsView {
  /// Draws the box; `isReplay` where a step waits for the answer and not a line that was typed.
  static func draw(_ prompt: CredentialsOverlay, isReplay: Bool, _ layout: Layout, on grid: inout CellGrid) {
    let width = DialogBox.textWidth(layout) - 10
    var user = StyledText("User      ", .dim)
    user.append(StyledText(octets: prompt.user.octets).truncated(to: width))
    var password = StyledText("Password  ", .dim)
    password.append(String(repeating: "•", count: min(width, prompt.password.elements.count)), .secret)
    let hint = "⏎ sends   Tab other field   Esc back" + (isReplay ? "" : "   no name: the line as typed")
    let lines = [user, password, StyledText(), StyledText(hint, .dim).truncated(to: width + 10)]
    let place = DialogBox.draw("AUTH \(prompt.mechanism)", lines, layout, on: &grid)
    let editor = prompt.isAtPassword ? prompt.password : prompt.user
    let column = prompt.isAtPassword ? editor.cursor : StyledText(octets: editor.octetsBeforeCursor).width
    grid.cursor = CellGrid.Position(
      row: place.row + (prompt.isAtPassword ? 1 : 0), column: place.column + 10 + min(column, width))
  }
}
