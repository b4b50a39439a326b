import SMTPWire

/// A word of a command line.
struct ServerWord: Hashable, Sendable {
  var octets: [UInt8]
  /// A quote or bracket was opened and not closed.
  var isUnclosed = false
}

/// Splits a command line into words: at blanks, but not within `<>`, `[]` and quotes, and behind `FROM:` and `TO:`.
struct ServerWordParser {
  private var rest: ArraySlice<UInt8>

  private init(_ line: [UInt8]) {
    rest = line[...]
  }

  /// The words of a line; none for a blank one.
  static func words(of line: [UInt8]) -> [ServerWord] {
    var parser = ServerWordParser(line)
    var words: [ServerWord] = []
    while let word = parser.next() { words.append(word) }
    return words
  }

  private mutating func next() -> ServerWord? {
    rest = rest.drop { $0.isServerBlank }
    guard !rest.isEmpty else { return nil }
    var word = ServerWord(octets: [])
    while let octet = rest.popFirst(), !octet.isServerBlank {
      word.octets.append(octet)
      switch octet {
      case UInt8(ascii: "<"): takeNested(&word, until: UInt8(ascii: ">"))
      case UInt8(ascii: "["): takeNested(&word, until: UInt8(ascii: "]"))
      case UInt8(ascii: "\""): takeNested(&word, until: octet)
      case UInt8(ascii: "\\"): if let escaped = rest.popFirst() { word.octets.append(escaped) }
      case UInt8(ascii: ":"):
        if word.octets.equalsIgnoringCase("FROM:") || word.octets.equalsIgnoringCase("TO:") { return word }
      default: break
      }
    }
    return word
  }

  private mutating func takeNested(_ word: inout ServerWord, until end: UInt8) {
    var awaited = [end]
    while let innermost = awaited.last {
      guard let octet = rest.popFirst() else {
        word.isUnclosed = true
        return
      }
      word.octets.append(octet)
      switch octet {
      case UInt8(ascii: "\\"): if let escaped = rest.popFirst() { word.octets.append(escaped) }
      case innermost: awaited.removeLast()
      case UInt8(ascii: "\""): awaited.append(octet)
      case UInt8(ascii: "<") where innermost != UInt8(ascii: "\""): awaited.append(UInt8(ascii: ">"))
      case UInt8(ascii: "[") where innermost != UInt8(ascii: "\""): awaited.append(UInt8(ascii: "]"))
      default: break
      }
    }
  }
}

extension UInt8 {
  /// Whether the octet is one of those that C calls space.
  var isServerBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
