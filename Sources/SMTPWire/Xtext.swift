/// The encoding of ESMTP parameter values in which `+HH` stands for an octet (RFC 3461 §4).
package enum Xtext {
  /// Encodes any octets: all but printable ASCII without `+` and `=` become `+HH`.
  package static func encode(_ octets: some Sequence<UInt8>) -> [UInt8] {
    octets.flatMap { isPlain($0) ? [$0] : [UInt8(ascii: "+")] + $0.hexadecimal }
  }

  /// Decodes a text; nil when an octet may not stand there or `+` is not followed by two upper-case digits.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    var octets: [UInt8] = []
    var rest = text[...]
    while let octet = rest.popFirst() {
      if octet == UInt8(ascii: "+") {
        guard let high = upperDigit(rest.popFirst()), let low = upperDigit(rest.popFirst()) else { return nil }
        octets.append(high << 4 | low)
      } else if isPlain(octet) {
        octets.append(octet)
      } else {
        return nil
      }
    }
    return octets
  }

  private static func isPlain(_ octet: UInt8) -> Bool {
    (0x21...0x7E).contains(octet) && octet != UInt8(ascii: "+") && octet != UInt8(ascii: "=")
  }

  private static func upperDigit(_ octet: UInt8?) -> UInt8? {
    guard let octet, octet < 0x61 else { return nil }
    return octet.hexadecimalValue
  }
}
