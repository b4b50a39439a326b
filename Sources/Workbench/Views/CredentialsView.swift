/// Name and password of AUTH.
enum CredentialsView {
  static func draw(_ prompt: CredentialsOverlay, _ layout: Layout, on grid: inout CellGrid) {
    let width = DialogBox.textWidth(layout) - 10
    var user = StyledText("User      ", .dim)
    user.append(StyledText(octets: prompt.user.octets).truncated(to: width))
    var password = StyledText("Password  ", .dim)
    password.append(String(repeating: "•", count: min(width, prompt.password.elements.count)), .secret)
    let lines = [
      user, password, StyledText(),
      StyledText("⏎ sends   Tab other field   Esc back   no name: the line as typed", .dim).truncated(to: width + 10),
    ]
    let place = DialogBox.draw("AUTH \(prompt.mechanism)", lines, layout, on: &grid)
    let editor = prompt.isAtPassword ? prompt.password : prompt.user
    let column = prompt.isAtPassword ? editor.cursor : StyledText(octets: editor.octetsBeforeCursor).width
    grid.cursor = CellGrid.Position(
      row: place.row + (prompt.isAtPassword ? 1 : 0), column: place.column + 10 + min(column, width))
  }
}
