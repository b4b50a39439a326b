/// Cuts a header field's list into words and specials. A first pass over the whole text looks for what is wrong with
/// its quoted strings, comments and literals; the parser then runs over text in which they are all closed.
struct ListLexer {
  /// What a token is.
  enum Kind: Equatable {
    case atom
    case quotedString
    case literal
    case special(UInt8)
    case end
  }

  /// A token and what stands before it.
  struct Token {
    var kind: Kind
    var range: Range<Int>
    /// Whether comments or white space stand between it and the token before.
    var hasGap: Bool
    var isWord: Bool { kind == .atom || kind == .quotedString }
    var start: Int { range.lowerBound }
  }

  private(set) var at = 0

  /// Continues at another place.
  mutating func move(to index: Int) { at = index }

  /// Reads the next token of text that `fault` found none in.
  mutating func next(_ octets: Span<UInt8>) -> Token {
    let before = at
    skipGap(octets)
    let start = at
    let hasGap = start > before
    guard at < octets.count else { return Token(kind: .end, range: start..<start, hasGap: hasGap) }
    let kind: Kind
    switch octets[at] {
    case Octet.quote:
      at = Self.end(ofQuoted: octets, start)
      kind = .quotedString
    case Octet.openBracket:
      at = Self.end(ofQuoted: octets, start, close: Octet.closeBracket)
      kind = .literal
    case let octet where Self.isAtomOctet(octet):
      while at < octets.count, Self.isAtomOctet(octets[at]) { at += 1 }
      kind = .atom
    case let octet:
      at += 1
      kind = .special(octet)
    }
    return Token(kind: kind, range: start..<at, hasGap: hasGap)
  }

  static func isAtomOctet(_ octet: UInt8) -> Bool { octet >= 0x80 || OctetClass.isAtext(octet) }

  private mutating func skipGap(_ octets: Span<UInt8>) {
    while at < octets.count {
      switch octets[at] {
      case Octet.space, Octet.tab, Octet.carriageReturn, Octet.lineFeed: at += 1
      case Octet.openParenthesis: at = Self.end(ofComment: octets, at)
      default: return
      }
    }
  }

  /// The place behind the closing octet of a quoted string or literal; the end of the text when there is none.
  static func end(ofQuoted octets: Span<UInt8>, _ start: Int, close: UInt8 = Octet.quote) -> Int {
    var index = start + 1
    while index < octets.count, octets[index] != close { index += octets[index] == Octet.backslash ? 2 : 1 }
    return min(index + 1, octets.count)
  }

  /// The place behind a comment and the comments in it.
  static func end(ofComment octets: Span<UInt8>, _ start: Int) -> Int {
    var depth = 0
    var index = start
    while index < octets.count {
      switch octets[index] {
      case Octet.openParenthesis: depth += 1
      case Octet.closeParenthesis: depth -= 1
      case Octet.backslash: index += 1
      default: break
      }
      index += 1
      if depth == 0 { break }
    }
    return min(index, octets.count)
  }
}
