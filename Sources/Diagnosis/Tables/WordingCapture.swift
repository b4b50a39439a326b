import SMTPWire

/// What is taken out of a server's text to be named in the explanation.
enum WordingCapture: Sendable {
  /// A number with a unit of time behind it: `300 seconds`, `00:05:00`.
  case duration
  /// The word behind the phrase that matched.
  case nextWord
  /// What stands in the first angle brackets.
  case angleBrackets

  /// The longest text that is quoted.
  private static let most = 80

  /// The text found, escaped; nil when there is none.
  func text(in octets: [UInt8], behind end: Int) -> String? {
    let found: ArraySlice<UInt8>? =
      switch self {
      case .duration: Self.duration(in: octets)
      case .nextWord: Self.word(in: octets[min(end, octets.count)...])
      case .angleBrackets: Self.bracketed(in: octets)
      }
    guard let found, !found.isEmpty else { return nil }
    return OctetText.readable(Array(found.prefix(Self.most)))
  }

  private static func word(in rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = rest.drop {
      $0 == 0x20 || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ":")
    }
    let word = start.prefix { $0 != 0x20 && !",;()'\"".utf8.contains($0) }
    return word.last == UInt8(ascii: ".") ? word.dropLast() : word
  }

  private static func bracketed(in octets: [UInt8]) -> ArraySlice<UInt8>? {
    guard let open = octets.firstIndex(of: UInt8(ascii: "<")),
      let close = octets[open...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    return octets[(open + 1)..<close]
  }

  /// Digits and colons, and the word behind them where it is a unit of time.
  private static func duration(in octets: [UInt8]) -> ArraySlice<UInt8>? {
    var index = 0
    while index < octets.count {
      guard octets[index].isASCIIDigit else {
        index += 1
        continue
      }
      let number = octets[index...].prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ":") }
      let word = octets[number.endIndex...].drop { $0 == 0x20 }.prefix { $0.isASCIILetter }
      if isUnit(word), number.count <= 6 { return octets[index..<word.endIndex] }
      if number.contains(UInt8(ascii: ":")), number.count <= 8 { return number }
      index = number.endIndex
    }
    return nil
  }

  private static func isUnit(_ word: ArraySlice<UInt8>) -> Bool {
    ["s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hour", "hours"]
      .contains { word.equalsIgnoringCase($0) }
  }
}
