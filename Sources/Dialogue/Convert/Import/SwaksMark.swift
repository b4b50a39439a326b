import SMTPWire

/// The margin of a line that swaks wrote, and what stands behind it.
struct SwaksMark {
  /// Who speaks.
  enum Kind { case sent, received, words, failure, dump }

  let kind: Kind
  let text: ArraySlice<UInt8>

  /// Takes a line's margin off; nil when it has none. Blanks before the margin may be missing, as in pasted text.
  init?(_ line: ArraySlice<UInt8>) {
    if line.begins(with: "  > ") || line.begins(with: "<  ") {
      (kind, text) = (.dump, line.dropFirst(3))
      return
    }
    let inner = line.withoutIndent
    for (mark, kind, blanks) in Self.marks {
      guard let rest = inner.behind(mark), rest.first ?? 0x20 == 0x20 else { continue }
      self.kind = kind
      text = rest.dropFirst(rest.prefix(blanks).prefix { $0 == 0x20 }.count)
      return
    }
    return nil
  }

  private static let marks: [(String, Kind, Int)] = [
    ("->", .sent, 1), ("~>", .sent, 1), ("**>", .sent, 1), ("*~>", .sent, 1),
    ("<-", .received, 2), ("<~", .received, 2), ("<**", .received, 1), ("<~*", .received, 1),
    ("===", .words, 1), ("***", .failure, 1),
  ]

  /// Whether the text is what only swaks writes behind such a margin.
  var isSure: Bool {
    switch kind {
    case .sent: Command(text).verb != .other
    case .received: text.isReplyLine
    case .words: ["Trying ", "Connected to ", "TLS started", "Connection closed"].contains { text.begins(with: $0) }
    case .failure: text.begins(with: "Error connecting")
    case .dump: false
    }
  }
}
