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

/// The expression of an `S~` line, which some line of a reply must match.
package struct ReplyPattern: Hashable, Sendable {
  /// The expression as it was written.
  package let expression: String

  /// Checks that the expression can be used; the error says in words why it cannot.
  package init(_ text: some Collection<UInt8>) throws(Fault) {
    expression = String(decoding: text, as: UTF8.self)
    if expression.isEmpty { throw Fault(message: "S~ wants a regular expression") }
    do {
      _ = try Regex(expression)
    } catch {
      throw Fault(message: OctetText.readable(Array("\(error)".utf8)))
    }
  }

  /// Why an expression cannot be used.
  package struct Fault: Error, Hashable, Sendable {
    /// The reason in words, safe to show.
    package let message: String
  }

  /// Whether the expression is found in some line, code included.
  package func matches(_ lines: [WireLine]) -> Bool { captures(in: lines) != nil }

  /// What the named groups `(?<name>…)` stand for in the first line that matches; nil when none does.
  package func captures(in lines: [WireLine]) -> [String: [UInt8]]? {
    guard let regex = try? Regex(expression) else { return nil }
    for line in lines {
      let text = String(decoding: line.octets, as: UTF8.self)
      guard let match = (try? regex.firstMatch(in: text)).flatMap(\.self) else { continue }
      var captures: [String: [UInt8]] = [:]
      for group in match.output {
        if let name = group.name, let part = group.substring { captures[name] = Array(part.utf8) }
      }
      return captures
    }
    return nil
  }

  /// The names of its groups, which become variables.
  var names: [String] {
    var names: [String] = []
    var rest = Array(expression.utf8)[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "(")) {
      rest = rest[(start + 1)...]
      guard rest.starts(with: "?<".utf8) else { continue }
      let name = rest.dropFirst(2).prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
      if !name.isEmpty, rest.dropFirst(2 + name.count).first == UInt8(ascii: ">") {
        names.append(String(decoding: name, as: UTF8.self))
      }
    }
    return names
  }
}
