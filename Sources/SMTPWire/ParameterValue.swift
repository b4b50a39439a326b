/// What may stand behind the `=` of an ESMTP parameter (RFC 5321 §4.1.2).
package struct ParameterValue: Sendable {
  /// How much of an allowed value a text is.
  package enum Fit: Comparable, Sendable {
    /// No value begins so.
    case none
    /// More is to come before it is a value.
    case beginning
    /// A value as it stands.
    case whole
  }

  /// The value's form in a grammar: `n`, `FULL|HDRS`.
  package let form: String
  /// What is expected, in words, with its clause.
  package let expected: String
  /// Tells how much of an allowed value a text is, whatever its length.
  package let fit: @Sendable (ArraySlice<UInt8>) -> Fit

  init(_ form: String, _ expected: String, fit: @escaping @Sendable (ArraySlice<UInt8>) -> Fit) {
    self.form = form
    self.expected = expected
    self.fit = fit
  }

  /// One of these words, in either case.
  static func keyword(_ words: [String], _ expected: String) -> Self {
    Self(words.joined(separator: "|"), expected) { keywordFit($0, words) }
  }

  /// One of `single` alone, or a list of `several` with commas.
  static func list(of several: [String], orOne single: [String], _ expected: String) -> Self {
    let form = (single + [several.joined(separator: ",")]).joined(separator: "|")
    return Self(form, expected) { value in
      let words = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard words.count > 1, let last = words.last else { return keywordFit(value, single + several) }
      return words.dropLast().allSatisfy { keywordFit($0, several) == .whole } ? keywordFit(last, several) : .none
    }
  }

  /// Octets in the encoding of RFC 3461 §4.
  static func xtext(_ expected: String) -> Self { Self("xtext", expected, fit: xtextFit) }

  /// Whatever fits one of the patterns and is `sound` in upper case; a text that is not sound is no value.
  static func pattern(
    _ form: String, _ expected: String, _ patterns: [[PatternElement]],
    sound: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }
  ) -> Self {
    Self(form, expected) { value in
      let upper = value.prefix(100).map(\.asciiUppercased)
      let fit = value.count > upper.count ? .none : patterns.map { PatternElement.fit(upper, $0) }.max() ?? .none
      return fit == .whole && !sound(upper) ? .none : fit
    }
  }

  /// An instant (RFC 3339 §5.6) whose date and time exist, and one of the suffixes behind it.
  static func dateTime(_ form: String, _ expected: String, suffixes: [String] = []) -> Self {
    let date: [PatternElement] = [.digits(4...4), .one("-"), .digits(2...2), .one("-"), .digits(2...2), .one("T")]
    let time: [PatternElement] = [.digits(2...2), .one(":"), .digits(2...2), .one(":"), .digits(2...2)]
    let fractions: [[PatternElement]] = [[], [.one("."), .digits(1...9)]]
    let zones: [[PatternElement]] = [[.one("Z")], [.one("+-"), .digits(2...2), .one(":"), .digits(2...2)]]
    let ends = [[]] + suffixes.map { $0.map { PatternElement.one(String($0)) } }
    let patterns = fractions.flatMap { fraction in
      zones.flatMap { zone in ends.map { date + time + fraction + zone + $0 } }
    }
    return pattern(form, expected, patterns, sound: existsDateTime)
  }

  /// Whether the numbers of an instant that has the right form are in their ranges.
  private static func existsDateTime(_ text: [UInt8]) -> Bool {
    let n = text.split { !(0x30...0x39).contains($0) }.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    let isLeap = n[0] % 4 == 0 && (n[0] % 100 != 0 || n[0] % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(n[1]), (1...days[n[1] - 1]).contains(n[2]) else { return false }
    // A leap second is 60. The offset comes last, behind a fraction or not.
    let hasOffset = !text.contains(UInt8(ascii: "Z"))
    return n[3] < 24 && n[4] < 60 && n[5] <= 60 && (!hasOffset || n[n.count - 2] < 24 && n[n.count - 1] < 60)
  }

  /// A type, a semicolon and the address (RFC 3461 §4.2).
  static let originalRecipient = Self("type;xtext", "a type, a semicolon and xtext (RFC 3461 §4.2)") { value in
    guard let semicolon = value.firstIndex(of: UInt8(ascii: ";")) else { return .beginning }
    let (type, address) = (value[..<semicolon], value[(semicolon + 1)...])
    if type.isEmpty { return .none }
    // The encoding of internationalized addresses is another one (RFC 6533 §3).
    if type.equalsIgnoringCase("utf-8") { return .whole }
    return address.isEmpty ? .beginning : xtextFit(address)
  }

  private static func keywordFit(_ value: ArraySlice<UInt8>, _ words: [String]) -> Fit {
    if words.contains(where: { value.equalsIgnoringCase($0) }) { return .whole }
    return words.contains { value.equalsIgnoringCase(String($0.prefix(value.count))) } ? .beginning : .none
  }

  private static func xtextFit(_ value: ArraySlice<UInt8>) -> Fit {
    if Xtext.decode(value) != nil || value.contains(where: { $0 >= 0x80 }) { return .whole }
    let mayEnd = ["0", "00"].contains { Xtext.decode(value + Array($0.utf8)) != nil }
    return mayEnd ? .beginning : .none
  }
}

/// A run of octets in the pattern of a parameter's value. Each run takes as many octets as it can.
struct PatternElement: Sendable {
  private let octets: Set<UInt8>
  private let count: ClosedRange<Int>

  /// From `count.lowerBound` to `count.upperBound` of these characters; letters in upper case.
  static func some(_ characters: String, _ count: ClosedRange<Int>) -> Self {
    Self(octets: Set(characters.utf8), count: count)
  }

  /// One of these characters.
  static func one(_ characters: String) -> Self { some(characters, 1...1) }

  /// Decimal digits.
  static func digits(_ count: ClosedRange<Int>) -> Self { some("0123456789", count) }

  /// How much of the pattern a text in upper case is.
  static func fit(_ text: [UInt8], _ pattern: [PatternElement]) -> ParameterValue.Fit {
    var rest = text[...]
    for element in pattern {
      let run = rest.prefix(element.count.upperBound).prefix { element.octets.contains($0) }
      rest = rest.dropFirst(run.count)
      if run.count < element.count.lowerBound { return rest.isEmpty ? .beginning : .none }
    }
    return rest.isEmpty ? .whole : .none
  }
}
