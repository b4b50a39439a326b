/// Octets that must never be shown or written, known to everybody else by a variable's name.
///
/// Secrecy is marked here, where the secret is born, so nobody has to search for it afterwards.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The variable that stands for the octets, such as `auth.plain`.
  package let name: String
  /// The octets themselves, for the wire alone.
  package let octets: [UInt8]

  /// Marks octets as secret.
  package init(name: String, octets: [UInt8]) {
    self.name = name
    self.octets = octets
  }

  /// The variable; never the octets.
  package var description: String { "${\(name)}" }
  /// Nothing to look into.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

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
        secret.octets.isEmpty ? "‹secret \(secret.name)›" : "‹secret \(secret.octets.count) chars›"
      }
    }.joined()
  }
}
