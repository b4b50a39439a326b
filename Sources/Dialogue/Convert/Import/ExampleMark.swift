import SMTPWire

/// The mark of a line in an RFC or a ticket: who says it.
struct ExampleMark {
  /// Who speaks. `S:` is the server, but the sender where `R:` is the receiver (RFC 821).
  enum Kind { case client, server, senderOrServer, receiver, both }

  let kind: Kind
  /// The number of blanks before the mark.
  let indent: Int
  let text: ArraySlice<UInt8>

  /// Reads the mark of a line; nil when it has none.
  init?(_ line: ArraySlice<UInt8>) {
    let inner = line.withoutIndent
    for (mark, kind) in Self.marks {
      guard let rest = inner.behind(mark), rest.first.map(\.isASCIIBlank) ?? true else { continue }
      self.kind = kind
      indent = line.count - inner.count
      text = rest.dropFirst()
      return
    }
    return nil
  }

  private static let marks: [(String, Kind)] = [
    ("C:", .client), ("S:", .senderOrServer), ("R:", .receiver), ("C & S:", .both), ("C&S:", .both),
    ("SMTP-Client:", .client), ("SMTP-Server:", .server), ("Client:", .client), ("Server:", .server),
    ("Sender:", .client), ("Receiver:", .server), (">>>", .client), ("<<<", .server),
  ]
}
