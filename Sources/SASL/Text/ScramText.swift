import SMTPWire

/// The text of SCRAM's messages: attributes of one letter, with commas between them (RFC 5802 §5.1).
package struct ScramText: Hashable, Sendable {
  /// One attribute.
  package struct Attribute: Hashable, Sendable {
    /// The letter.
    package let name: UInt8
    /// What stands behind the equals sign, escapes and all.
    package let value: [UInt8]
  }

  /// The attributes in their order.
  package let attributes: [Attribute]

  /// Reads a message; nil when some part is not a letter, an equals sign and a value.
  package init?(_ octets: some Collection<UInt8>) {
    var attributes: [Attribute] = []
    for part in Array(octets).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard part.count >= 2, let name = part.first, part.dropFirst().first == UInt8(ascii: "="),
        (0x41...0x5A).contains(name & 0xDF)
      else { return nil }
      attributes.append(Attribute(name: name, value: Array(part.dropFirst(2))))
    }
    self.attributes = attributes
  }

  /// The value of the first attribute of a letter.
  package subscript(_ name: Character) -> [UInt8]? {
    attributes.first { $0.name == name.asciiValue }?.value
  }

  /// A name with `=` as `=3D` and `,` as `=2C`.
  package static func escaped(_ name: String) -> String {
    String(decoding: escaped(Array(name.utf8)), as: UTF8.self)
  }

  /// A name's octets with `=` as `=3D` and `,` as `=2C`.
  package static func escaped(_ name: [UInt8]) -> [UInt8] {
    name.flatMap { octet -> [UInt8] in
      switch octet {
      case UInt8(ascii: "="): Array("=3D".utf8)
      case UInt8(ascii: ","): Array("=2C".utf8)
      default: [octet]
      }
    }
  }

  /// The name that an escaped one stands for; nil where `=` begins no escape.
  package static func unescaped(_ text: [UInt8]) -> [UInt8]? {
    var name: [UInt8] = []
    var rest = text[...]
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "=") else {
        name.append(octet)
        continue
      }
      switch (rest.popFirst(), rest.popFirst()) {
      case (UInt8(ascii: "3"), UInt8(ascii: "D")): name.append(UInt8(ascii: "="))
      case (UInt8(ascii: "2"), UInt8(ascii: "C")): name.append(UInt8(ascii: ","))
      default: return nil
      }
    }
    return name
  }

  /// A decimal number of at most nine digits; nil for anything else.
  package static func number(_ text: some Collection<UInt8>) -> Int? {
    guard (1...9).contains(text.count), text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
