import SMTPWire

/// Writes a dialogue as one HTML file that loads nothing and runs nothing.
enum HTMLEncoder {
  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
    body{color:#1b1b1b;background:#fff}
    table{border-collapse:collapse;margin:1rem 0}
    th{text-align:left;font-weight:600;padding:.2rem 1rem .2rem 0;vertical-align:top;white-space:nowrap}
    td{padding:.2rem 0;overflow-wrap:anywhere}
    pre{font:14px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
    pre{padding:1rem;background:#f5f5f5}
    .c{color:#00508c}.s{color:#1b1b1b}.f{color:#b00020;font-weight:600}.e{color:#6a3d00}.n{color:#595959}
    @media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}pre{background:#222}
    .c{color:#8ec7ff}.s{color:#e6e6e6}.f{color:#ff8a80}.e{color:#ffc46b}.n{color:#a8a8a8}}
    """

  static func encode(_ dialogue: Dialogue, _ outline: SessionOutline, _ options: ExportOptions) -> DialogueExport {
    let title = escaped(options.title ?? "SMTP session with \(outline.host)")
    var html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width">
      <title>\(title)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      <table>

      """
    for row in SessionSummary(dialogue, outline).rows {
      html += "<tr><th scope=\"row\">\(row.name)</th><td>\(escaped(row.text))</td></tr>\n"
    }
    html += "</table>\n<pre>"
    for row in TranscriptView.rows(of: dialogue) {
      html += "<span class=\"\(name(of: row))\">\(escaped(row.text))</span>\n"
    }
    html += "</pre>\n</body>\n</html>\n"
    return DialogueExport(Array(html.utf8))
  }

  private static func name(of row: TranscriptView.Row) -> String {
    switch row.kind {
    case .client: "c"
    case .server: isRefusal(row.text) ? "f" : "s"
    case .event, .step, .pattern: "e"
    case .note, .blank, .unknown: "n"
    }
  }

  private static func isRefusal(_ text: String) -> Bool {
    guard let mark = Array(text.utf8).range(of: "S: ") else { return false }
    let code = Array(text.utf8)[mark.upperBound...].prefix(3)
    return ReplyCode(octets: code)?.isFailure ?? false
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
