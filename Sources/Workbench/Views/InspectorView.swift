import Diagnosis
import Dialogue
import SMTPSession

/// What stands beside the dialogue: the server, TLS, the explanation, what may be sent now, the same as a command.
enum InspectorView {
  static func sections(_ model: WorkbenchModel, width: Int) -> [PaneSection] {
    let log = model.live.log
    let explanation = model.explanation
    let text = max(10, width - 2)
    let explain = PaneSection(
      title: explanation.map { "Explain \($0.title)" } ?? "Explain",
      right: model.pane.selected > 0 ? "line \(model.pane.selected)" : "",
      lines: ExplanationView.lines(explanation, width: text, isFull: model.showsFullExplanation)
        + clause(explanation, text))
    let server = PaneSection(title: "Server", right: "M-i", lines: server(log))
    let tls = PaneSection(title: "TLS", right: "M-5 open", lines: tls(log))
    return (model.showsFullExplanation ? [explain, server, tls] : [server, tls, explain]) + [
      PaneSection(title: "Allowed now", right: "from protocol state", lines: allowed(log)),
      PaneSection(
        title: "Same as a command", right: "y s, y o",
        lines: StyledText(SessionExport.swaks(log, target: model.identity?.title ?? "")).wrapped(to: text)),
    ]
  }

  private static func clause(_ explanation: Explanation?, _ width: Int) -> [StyledText] {
    guard let clause = explanation?.clause, !clause.isEmpty else { return [] }
    return StyledText("See " + clause, .dim).wrapped(to: width)
  }

  private static func server(_ log: SessionLog) -> [StyledText] {
    let notes = CapabilityNotes.notes(for: log.session, used: used(log))
    if notes.isEmpty {
      let words =
        log.session.isGreeted
        ? "no extensions: HELO does not ask for them"
        : log.session.isSecured
          ? "EHLO again asks what the server offers inside TLS" : "EHLO asks what the server offers"
      return [StyledText(words, .dim)]
    }
    let missing = notes.filter { $0.standing == .missing }.map { "✗ " + $0.keyword }
    var lines = notes.filter { $0.standing != .missing }.prefix(20).map(line)
    if !missing.isEmpty { lines.append(StyledText(missing.joined(separator: "  "), .dim)) }
    return lines
  }

  private static func line(_ note: CapabilityNote) -> StyledText {
    let isGone = note.standing == .gone
    var line = StyledText(isGone ? "○ " : "✓ ", isGone ? .dim : .completion)
    line.append(StyledText(note.keyword, isGone ? .dim : .normal).truncated(to: 22))
    line = line.padded(to: 25)
    line.append(note.word, .dim)
    return line
  }

  /// What the session has made use of; a long one is judged by its beginning.
  private static func used(_ log: SessionLog) -> Set<String> {
    let rows = log.rows.prefix(2000).filter { !$0.isMessage }
    return CapabilityNotes.used(in: rows.map { TimedEvent($0.time, $0.event) })
  }

  private static func tls(_ log: SessionLog) -> [StyledText] {
    let tls = log.tls
    var lines: [StyledText] = []
    if let failure = tls.failure { lines.append(StyledText("✗ " + failure.text, .permanentFailure)) }
    guard tls.isUp else { return lines + [StyledText("off: everything can be read on the way", .dim)] }
    lines.append(StyledText([tls.version, tls.cipher, tls.group].joined(separator: " ")))
    lines.append(
      tls.isVerified
        ? StyledText("✓ the certificate proves the name", .completion) : StyledText("! not verified", .warning))
    if let own = tls.certificates.first {
      lines.append(StyledText("for \(own.names.isEmpty ? own.subject : own.names), until \(own.until)", .dim))
    }
    return lines
  }

  private static func allowed(_ log: SessionLog) -> [StyledText] {
    AllowedCommands.now(log.session).map { command in
      var line = StyledText(command.isAllowed ? "● " : "○ ", command.isAllowed ? .completion : .dim)
      line.append(StyledText(command.form, command.isAllowed ? .normal : .dim).padded(to: 15))
      line.append(" " + command.reason, .dim)
      return line
    }
  }
}
