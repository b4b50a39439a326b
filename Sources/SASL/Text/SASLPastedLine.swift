import SMTPWire

/// One line of a pasted login, with the lines that it goes on in where a program has broken it.
struct SASLPastedLine {
  /// Its number, from 1.
  let number: Int
  /// The octets without their line ending, the pieces of a broken line joined.
  private(set) var octets: [UInt8]
  /// What stands before the string.
  let head: SASLLineHead
  /// How many lines were joined.
  private(set) var pieces = 1
  /// The length of the last piece.
  private var lastCount: Int

  /// Shorter lines are not broken by programs: `base64` breaks at 76, OpenSSL at 64.
  private static let leastWidth = 60

  /// Takes a line as it was pasted; `smtplib`'s debug output has it in quotes.
  init(_ line: some Collection<UInt8>, number: Int) {
    octets = Self.unquoted(Array(line))
    while let last = octets.last, last == 0x0D || last.isASCIIBlank { octets.removeLast() }
    self.number = number
    head = SASLLineHead(octets)
    lastCount = octets.count
  }

  /// The string in base64, as far as the line has one; it is one word.
  var string: ArraySlice<UInt8> { octets[min(head.start, octets.count)...] }

  /// Whether the line says nothing to the other side: a comment, an event, a remark of a tool.
  var isRemark: Bool {
    guard !head.isMarked, let first = octets.first(where: { !$0.isASCIIBlank }) else { return false }
    return first == UInt8(ascii: "#") || octets.starts(with: "===".utf8) || octets.starts(with: "***".utf8)
      || octets.starts(with: "* ".utf8)
  }

  /// Joins the next piece.
  mutating func join(_ next: SASLPastedLine) {
    octets += next.string
    pieces += 1
    lastCount = next.string.count
  }

  /// Whether another line is the next piece of this one's string.
  ///
  /// `isOnly` says that the string is the only one that can come here, so that whatever follows belongs to it.
  func goes(on next: SASLPastedLine, isOnly: Bool) -> Bool {
    guard next.head.code == nil, next.head.mechanism == nil, !next.isRemark,
      head.isMarked ? next.head.isServer == nil || next.head.isServer == head.isServer : !next.head.isMarked,
      !string.isEmpty, !next.string.isEmpty, string.last != UInt8(ascii: "="),
      string.allSatisfy(Self.isEncoded), next.string.allSatisfy(Self.isEncoded)
    else { return false }
    if isOnly { return true }
    guard lastCount >= Self.leastWidth, next.string.count <= lastCount else { return false }
    // What is whole, and has its own kind of message behind it, is not broken.
    guard string.count % 4 == 0, let own = Self.kind(string) else { return true }
    return head.isChallenge ? Self.kind(string + next.string) != nil && own == "" : Self.kind(next.string) == ""
  }

  /// The kind that a string by itself has; empty where it is no known message, nil where it is no base64.
  private static func kind(_ string: ArraySlice<UInt8>) -> String? {
    guard let decoder = try? SASLStringDecoder(String(decoding: string, as: UTF8.self)) else { return nil }
    return decoder.kind ?? ""
  }

  static func isEncoded(_ octet: UInt8) -> Bool {
    octet.isASCIILetter || octet.isASCIIDigit || "+/=".utf8.contains(octet)
  }

  /// What stands between the quotes of `send: 'AUTH PLAIN …\r\n'`, behind the mark.
  private static func unquoted(_ line: [UInt8]) -> [UInt8] {
    for (mark, quotes) in [("send: ", ["'", "\"", "b'"]), ("reply: ", ["b'", "'", "\""])]
    where line.starts(with: mark.utf8) {
      let rest = line.dropFirst(mark.utf8.count)
      guard let quote = quotes.first(where: { rest.starts(with: $0.utf8) }) else { continue }
      var text = Array(rest.dropFirst(quote.utf8.count))
      if text.last == quote.utf8.last { text.removeLast() }
      for ending in ["\\n", "\\r"] where text.suffix(2).elementsEqual(ending.utf8) { text.removeLast(2) }
      return Array(mark.utf8) + text
    }
    return line
  }
}
