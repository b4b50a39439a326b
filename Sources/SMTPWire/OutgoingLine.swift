/// A line that the client sends, in which some parts may be secret.
package struct OutgoingLine: Hashable, Sendable {
  /// A stretch of a line.
  package enum Part: Hashable, Sendable {
    case octets([UInt8])
    case secret(Secret)
  }

  /// The stretches in their order.
  package var parts: [Part]
  /// How the line ends on the wire.
  package var ending: WireLine.Ending

  /// Makes a line of its parts.
  package init(_ parts: [Part], ending: WireLine.Ending = .crlf) {
    self.parts = parts
    self.ending = ending
  }

  /// Makes a line of octets that anybody may see.
  package init(_ octets: [UInt8], ending: WireLine.Ending = .crlf) {
    self.init([.octets(octets)], ending: ending)
  }

  /// Makes a line of a text that anybody may see.
  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// Whether some part is secret.
  package var hasSecret: Bool {
    parts.contains { if case .secret = $0 { true } else { false } }
  }

  /// The same line with asterisks in the place of its secrets.
  package var forgotten: OutgoingLine {
    OutgoingLine(
      parts.map { part in if case .secret(let secret) = part { .secret(secret.forgotten) } else { part } },
      ending: ending)
  }

  /// The octets before the ending, secrets included: for the wire alone.
  package var octets: [UInt8] {
    parts.flatMap { part in
      switch part {
      case .octets(let octets): octets
      case .secret(let secret): secret.octets
      }
    }
  }

  /// The bytes for the wire.
  package var wireOctets: [UInt8] { octets + ending.octets }

  /// The line for people: escaped, each secret as the number of its characters, or as its name where none are known.
  package var masked: String {
    parts.map { part in
      switch part {
      case .octets(let octets): OctetText.readable(octets)
      case .secret(let secret):
        secret.isEmpty ? "‹secret \(secret.name)›" : "‹secret \(secret.count) chars›"
      }
    }.joined()
  }
}
