import SMTPWire

/// Writes a dialogue as Markdown for a ticket: a table of what matters, and the transcript.
enum MarkdownEncoder {
  static func encode(_ dialogue: Dialogue, _ outline: SessionOutline, _ options: ExportOptions) -> DialogueExport {
    let title = options.title ?? "SMTP session with \(outline.host)"
    var text = "## \(heading(title))\n\n| | |\n|---|---|\n"
    for row in SessionSummary(dialogue, outline).rows { text += "| \(row.name) | \(cell(row.text)) |\n" }
    let rows = TranscriptView.rows(of: dialogue)
    let fence = String(repeating: "`", count: max(3, longestRun(rows) + 1))
    text += "\n\(fence)smtp\n" + rows.map { $0.text + "\n" }.joined() + fence + "\n"
    return DialogueExport(Array(text.utf8))
  }

  /// The text of a cell: code, in which only the bar needs an escape.
  private static func cell(_ text: String) -> String {
    let run = longestRun(text)
    let mark = String(repeating: "`", count: run + 1)
    let space = run > 0 ? " " : ""
    let escaped = text.unicodeScalars.map { $0 == "|" ? "\\|" : String($0) }.joined()
    return mark + space + escaped + space + mark
  }

  private static func heading(_ title: String) -> String {
    OctetText.readable(Array(title.utf8)).unicodeScalars
      .map { "`*_[]<>#&\\".unicodeScalars.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func longestRun(_ rows: [TranscriptView.Row]) -> Int { rows.map { longestRun($0.text) }.max() ?? 0 }

  private static func longestRun(_ text: String) -> Int {
    var (longest, run) = (0, 0)
    for octet in text.utf8 {
      run = octet == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
