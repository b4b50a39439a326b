package import SMTPWire

/// The codes that a script expects: `250`, `25z`, `2yz`, `250|251` (RFC 5321 §4.2 has the wildcards).
package struct ReplyCodePattern: Hashable, Sendable {
  /// For each alternative three octets: a digit, or `x`, `y` or `z` for any digit.
  package let alternatives: [[UInt8]]

  /// Reads what stands before the first blank or hyphen of an `S:` line; nil when it is no such pattern.
  package init?(_ text: some Collection<UInt8>) {
    let parts = Array(text).split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(Array.init)
    guard parts.allSatisfy(Self.isPattern) else { return nil }
    alternatives = parts
  }

  /// Whether it names one code alone.
  package var isLiteral: Bool { alternatives.count == 1 && alternatives[0].allSatisfy(\.isASCIIDigit) }

  /// The pattern as it is written.
  package var written: String {
    alternatives.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
  }

  /// Whether a code is among those expected.
  package func matches(_ code: ReplyCode) -> Bool {
    let digits = Array(code.description.utf8)
    return alternatives.contains { pattern in
      zip(pattern, digits).allSatisfy { expected, digit in !expected.isASCIIDigit || expected == digit }
    }
  }

  private static func isPattern(_ part: [UInt8]) -> Bool {
    part.count == 3 && isDigit(part[0], or: "x") && isDigit(part[1], or: "y") && isDigit(part[2], or: "z")
  }

  private static func isDigit(_ octet: UInt8, or wildcard: Unicode.Scalar) -> Bool {
    octet.isASCIIDigit || octet == UInt8(ascii: wildcard)
  }
}
