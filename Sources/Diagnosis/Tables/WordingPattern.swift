import SMTPWire

/// A phrase to be found in a server's text: ASCII letters of either case are the same, `*` stands for anything.
struct WordingPattern: Sendable {
  private let parts: [[UInt8]]

  init(_ phrase: String) {
    parts = phrase.utf8.split(separator: UInt8(ascii: "*")).map { $0.map(\.asciiUppercased) }
  }

  /// Where the phrase stands in octets that are in upper case already; nil when it does not.
  func range(inUppercased octets: [UInt8]) -> Range<Int>? {
    var start: Int?
    var position = 0
    for part in parts {
      guard let found = Self.find(part, in: octets, from: position) else { return nil }
      start = start ?? found
      position = found + part.count
    }
    return start.map { $0..<position }
  }

  private static func find(_ part: [UInt8], in octets: [UInt8], from start: Int) -> Int? {
    guard let first = part.first, octets.count >= part.count else { return nil }
    var index = start
    while index + part.count <= octets.count {
      if octets[index] == first, octets[index..<index + part.count].elementsEqual(part) { return index }
      index += 1
    }
    return nil
  }
}
