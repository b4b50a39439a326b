/// A box in the middle of the screen with lines in it.
enum DialogBox {
  /// Draws the box as large as its lines need, and returns the place of the first one.
  @discardableResult
  static func draw(_ title: String, _ lines: [StyledText], _ layout: Layout, on grid: inout CellGrid)
    -> CellGrid.Position
  {
    let width = min(layout.width - 2, max(40, (lines.map(\.width).max() ?? 0) + 4, title.count + 8))
    let height = min(layout.height - 2, lines.count + 2)
    let top = (layout.height - height) / 2
    let left = (layout.width - width) / 2
    PaneFrame.box(title, rows: top..<top + height, columns: left..<left + width, on: &grid)
    for (row, line) in zip(top + 1..<top + height - 1, lines) {
      grid.put(line, row: row, column: left + 2, columns: width - 4, layer: .overlay)
    }
    return CellGrid.Position(row: top + 1, column: left + 2)
  }

  /// The greatest width of a line.
  static func textWidth(_ layout: Layout) -> Int { min(72, layout.width - 6) }
}

/// A question that only `y` answers with yes.
enum QuestionView {
  static func draw(_ question: Question, _ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let width = DialogBox.textWidth(layout)
    var lines = text(question, model).flatMap { $0.wrapped(to: width) }
    var keys = StyledText("y", .key)
    keys.append(" yes     ")
    keys.append("any other key", .key)
    keys.append(" no")
    lines += [StyledText(), keys]
    DialogBox.draw(title(question), lines, layout, on: &grid)
    grid.cursor = nil
  }

  private static func title(_ question: Question) -> String {
    switch question {
    case .finalDot: "Send the final dot?"
    case .lastChunk: "Send the last chunk?"
    case .certificate: "Go on with this certificate?"
    case .quit: "Quit?"
    case .showSecrets: "Show secrets?"
    }
  }

  private static func text(_ question: Question, _ model: WorkbenchModel) -> [StyledText] {
    switch question {
    case .lastChunk:
      return [
        StyledText(
          "\(model.identity?.title ?? "The server") is a real server. BDAT LAST ends the message, and it is delivered.",
          .live)
      ]
    case .finalDot(let recipients):
      let names = recipients.prefix(8).map { StyledText("  " + $0, .strong) }
      let more = recipients.count > 8 ? [StyledText("  and \(recipients.count - 8) more", .dim)] : []
      return [
        StyledText("\(model.identity?.title ?? "The server") is a real server. It will deliver this message to:", .live)
      ]
        + (recipients.isEmpty ? [StyledText("  nobody that it has accepted so far", .dim)] : names + more)
    case .certificate(let name, let words):
      return [
        StyledText(words, .permanentFailure), StyledText(name, .dim), StyledText(),
        StyledText("Whoever sits between you and the server can read and change what you send, a password too."),
      ]
    case .quit:
      return [
        StyledText(
          "The connection to \(model.identity?.title ?? "the server") is open. Quitting drops it without QUIT.")
      ]
    case .showSecrets:
      return [StyledText("Passwords and what is made of them will stand on the screen for 10 seconds.")]
    }
  }
}

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

/// One line asked for in the last row.
enum PromptView {
  static func draw(_ prompt: PromptOverlay, _ layout: Layout, on grid: inout CellGrid) {
    let row = layout.hintRow
    grid.clear(rows: row..<row + 1, columns: 0..<layout.width, layer: .input)
    let head = StyledText(prompt.purpose.label + " › ", .key).truncated(to: max(4, layout.width - 12))
    let used = grid.put(head, row: row, column: 1, layer: .input)
    let cursor = StyledText(octets: prompt.line.octetsBeforeCursor).width
    let room = max(1, layout.width - used - 2)
    let shift = max(0, cursor - room + 1)
    grid.put(
      StyledText(octets: prompt.line.octets).dropping(columns: shift), row: row, column: 1 + used, columns: room,
      layer: .input)
    grid.cursor = CellGrid.Position(row: row, column: 1 + used + cursor - shift)
  }
}
