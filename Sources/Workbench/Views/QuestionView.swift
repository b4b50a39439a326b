import Failures

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
    case .clearLogin, .replayLogin: "Send the password in clear?"
    case .finalDot, .replayDot: "Send the final dot?"
    case .lastChunk: "Send the last chunk?"
    case .certificate: "Go on with this certificate?"
    case .quit: "Quit?"
    case .showSecrets: "Show secrets?"
    }
  }

  private static func text(_ question: Question, _ model: WorkbenchModel) -> [StyledText] {
    switch question {
    case .clearLogin(let mechanism, _), .replayLogin(let mechanism):
      return [
        StyledText(
          "\(model.identity?.title ?? "The server") is reached without TLS. \(mechanism) shows the password or token to everybody on the way.",
          .live)
      ]
    case .lastChunk:
      return [
        StyledText(
          "\(model.identity?.title ?? "The server") is a real server. BDAT LAST ends the message, and it is delivered.",
          .live)
      ]
    case .finalDot(let recipients), .replayDot(let recipients):
      let names = recipients.prefix(8).map { StyledText("  " + $0, .strong) }
      let more = recipients.count > 8 ? [StyledText("  and \(recipients.count - 8) more", .dim)] : []
      return [
        StyledText("\(model.identity?.title ?? "The server") is a real server. It will deliver this message to:", .live)
      ]
        + (recipients.isEmpty ? [StyledText("  nobody that it has accepted so far", .dim)] : names + more)
    case .certificate(let name, let words):
      return [
        StyledText(words, .permanentFailure), StyledText(name.rawValue, .dim), StyledText(),
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
