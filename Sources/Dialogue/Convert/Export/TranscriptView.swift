import SMTPWire

/// The lines of a dialogue as they are shown in a document: safe, and a long message cut short.
enum TranscriptView {
  /// One line.
  struct Row {
    let kind: DialogueLine.Kind
    let text: String
  }

  /// The lines of a message that are shown before the rest is left out.
  static let maximumBodyLines = 60

  /// All lines. In a message of many lines a remark stands for those after the first.
  static func rows(of dialogue: Dialogue) -> [Row] {
    var tracker = SentLineTracker()
    var rows: [Row] = []
    var body = 0
    for line in dialogue.lines where line.kind != .blank {
      let wasInMessage = tracker.isInMessage
      follow(line, &tracker)
      if wasInMessage, line.kind == .client, tracker.isInMessage {
        body += 1
        if body <= maximumBodyLines { rows.append(Row(kind: line.kind, text: shown(line))) }
        continue
      }
      if body > maximumBodyLines {
        rows.append(Row(kind: .note, text: "# \(body - maximumBodyLines) more lines of the message"))
      }
      if line.kind != .note { body = 0 }
      rows.append(Row(kind: line.kind, text: shown(line)))
    }
    return rows
  }

  private static func follow(_ line: DialogueLine, _ tracker: inout SentLineTracker) {
    switch line.event {
    case .sent?: tracker.send(line.content)
    case .received(let wire)?:
      guard wire.octets.dropFirst(3).first != UInt8(ascii: "-"), let code = ReplyCode(octets: wire.octets.prefix(3))
      else { return }
      _ = tracker.receive(Reply(code: code, lines: [wire]))
    case .event(.connected)?: tracker.connect()
    default: break
    }
  }

  /// The line as it is written; a file that somebody else wrote may hold what must be escaped.
  private static func shown(_ line: DialogueLine) -> String {
    let written = Array(line.written)
    let plain = written.filter { $0 != UInt8(ascii: "\\") }
    if OctetText.escape(plain) == plain { return written.text }
    return OctetText.readable(written)
  }
}
