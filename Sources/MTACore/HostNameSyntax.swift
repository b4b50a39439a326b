/// Whether octets are the name of a host, as Postfix judges it.
enum HostNameSyntax {
  /// A name of labels of up to 63 letters, digits, hyphens and underscores, no more than 255 octets, that is not a number.
  ///
  /// - Parameter allowsUTF8: Whether labels may be UTF-8 (RFC 6531).
  static func isName(_ octets: some Collection<UInt8>, allowsUTF8: Bool = false) -> Bool {
    guard (1...255).contains(octets.count) else { return false }
    let labels = octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.allSatisfy({ isLabel($0, allowsUTF8) }) else { return false }
    return !octets.allSatisfy { $0 == UInt8(ascii: ".") || isDigit($0) }
  }

  /// An address in brackets: `[1.2.3.4]`, `[IPv6:::1]` (RFC 5321 §4.1.3).
  static func isLiteral(_ octets: some Collection<UInt8>) -> Bool {
    address(ofLiteral: octets) != nil
  }

  /// The address within brackets; nil when it is none.
  static func address(ofLiteral octets: some Collection<UInt8>) -> String? {
    guard octets.first == UInt8(ascii: "["), octets.count > 2 else { return nil }
    let text = String(decoding: octets.dropFirst().dropLast(), as: UTF8.self)
    let isVersion6 = text.lowercased().hasPrefix("ipv6:")
    let address = isVersion6 ? String(text.dropFirst(5)) : text
    guard address.contains(":") == isVersion6, IPAddressText.octets(address) != nil else { return nil }
    return address
  }

  private static func isLabel(_ label: some Collection<UInt8>, _ allowsUTF8: Bool) -> Bool {
    let hyphen = UInt8(ascii: "-")
    guard (1...63).contains(label.count), label.first != hyphen else { return false }
    var last: UInt8 = 0
    for octet in label {
      guard isLetterOrDigit(octet) || octet == hyphen || octet == UInt8(ascii: "_") || (allowsUTF8 && octet >= 0x80)
      else { return false }
      last = octet
    }
    return last != hyphen
  }

  private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

  private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
    isDigit(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
  }
}
