/// The directives of DIGEST-MD5's messages: names with values, quoted or not, and commas between them (RFC 2831 §7.1).
package struct DigestDirectives: Hashable, Sendable {
  /// One directive.
  package struct Directive: Hashable, Sendable {
    /// In lower case.
    package let name: String
    /// Without quotes and escapes.
    package let value: [UInt8]
  }

  /// The directives in their order; some may come several times.
  package private(set) var list: [Directive] = []

  /// Reads a message; nil when it is malformed or has more than 64 directives.
  package init?(_ octets: [UInt8]) {
    var rest = octets[...]
    while true {
      rest = rest.drop { $0 == UInt8(ascii: ",") || Self.isBlank($0) }
      if rest.isEmpty { return }
      let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") && !Self.isBlank($0) }
      rest = rest.dropFirst(name.count).drop(while: Self.isBlank)
      guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="), list.count < 64 else { return nil }
      rest = rest.drop(while: Self.isBlank)
      guard let value = Self.value(&rest) else { return nil }
      list.append(Directive(name: String(decoding: name, as: UTF8.self).lowercased(), value: value))
    }
  }

  /// The value of the first directive of a name.
  package subscript(_ name: String) -> [UInt8]? { list.first { $0.name == name }?.value }

  /// All values of a name.
  package func all(_ name: String) -> [[UInt8]] { list.filter { $0.name == name }.map(\.value) }

  /// A value in quotes, with what needs it escaped.
  package static func quoted(_ value: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    return [quote] + value.flatMap { $0 == quote || $0 == backslash ? [backslash, $0] : [$0] } + [quote]
  }

  private static func isBlank(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(octet) }

  private static func value(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard rest.first == UInt8(ascii: "\"") else {
      let token = rest.prefix { $0 != UInt8(ascii: ",") && !isBlank($0) }
      rest = rest.dropFirst(token.count)
      return Array(token)
    }
    rest = rest.dropFirst()
    var value: [UInt8] = []
    while let octet = rest.popFirst() {
      if octet == UInt8(ascii: "\"") { return value }
      guard octet == UInt8(ascii: "\\") else {
        value.append(octet)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      value.append(escaped)
    }
    return nil
  }
}
