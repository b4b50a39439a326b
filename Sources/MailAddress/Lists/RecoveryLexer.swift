/// Cuts a list that no grammar allows into what people mean by it. Every octet is looked at a bounded number of times.
struct RecoveryLexer {
  /// What a token is.
  enum Kind: Equatable {
    /// A word or a quoted string of a name.
    case name
    /// An address without brackets; its "@" and its end without what does not belong to it.
    case address(sign: Int)
    /// What stands in angle brackets, when it has an "@".
    case bracketed(sign: Int, inner: Range<Int>)
    /// Angle brackets without an address.
    case emptyBrackets
    case comma
    case semicolon
    case colon
    case end
  }

  /// A token and its octets.
  struct Token: Equatable {
    var kind: Kind
    var range: Range<Int>
  }

  /// What was forgiven since the last token.
  var forgiven: [(rule: AddressRule, range: Range<Int>)] = []
  private let octets: [UInt8]
  private var at = 0
  private var hasOpenComment = false
  /// Whether the quotation mark before this place stood for nothing.
  private var isBehindStray = false

  init(_ octets: [UInt8]) { self.octets = octets }

  private mutating func forgive(_ rule: AddressRule, _ range: Range<Int>) { forgiven.append((rule, range)) }

  private func isBlank(_ index: Int) -> Bool {
    Octet.isBlank(octets[index]) || octets[index] == Octet.carriageReturn || octets[index] == Octet.lineFeed
  }

  /// Reads the next token.
  mutating func next() -> Token {
    while at < octets.count {
      let start = at
      switch octets[at] {
      case _ where isBlank(at): at += 1
      case Octet.comma: return single(.comma)
      case Octet.semicolon: return single(.semicolon)
      case Octet.colon: return single(.colon)
      case Octet.less: return brackets()
      case Octet.greater:
        while at < octets.count, octets[at] == Octet.greater { at += 1 }
        forgive(.listForgaveBrackets, start..<at)
      case Octet.openParenthesis: skipComment()
      case Octet.closeParenthesis:
        at += 1
        forgive(.listForgaveText, start..<at)
      default: if let token = word() { return token }
      }
    }
    return Token(kind: .end, range: at..<at)
  }

  private mutating func single(_ kind: Kind) -> Token {
    at += 1
    return Token(kind: kind, range: at - 1..<at)
  }

  private mutating func skipComment() {
    let end = hasOpenComment ? at : ListLexer.end(ofComment: octets.span, at)
    if end > at + 1, octets[end - 1] == Octet.closeParenthesis, isClosedComment(at..<end) {
      at = end
    } else {
      hasOpenComment = true
      forgive(.listForgaveUnclosed, at..<at + 1)
      at += 1
    }
  }

  private func isClosedComment(_ range: Range<Int>) -> Bool {
    if range.upperBound < octets.count { return true }
    var depth = 0
    var index = range.lowerBound
    while index < range.upperBound {
      switch octets[index] {
      case Octet.openParenthesis: depth += 1
      case Octet.closeParenthesis: depth -= 1
      case Octet.backslash: index += 1
      default: break
      }
      index += 1
    }
    return depth == 0
  }

  // MARK: words

  /// A word of a name, a quoted string, or an address; nil where only a stray quotation mark was passed over.
  private mutating func word() -> Token? {
    var start = at
    scan: while at < octets.count, !isBlank(at) {
      switch octets[at] {
      case Octet.less, Octet.greater, Octet.comma, Octet.semicolon, Octet.openParenthesis, Octet.closeParenthesis:
        break scan
      case Octet.colon:
        guard octets[start..<at].map(Octet.lowered).elementsEqual("mailto".utf8) else { break scan }
        at += 1
        forgive(.listForgaveScheme, start..<at)
        start = at
      case Octet.openBracket where at > start && octets[at - 1] == Octet.at: passLiteral()
      case Octet.quote:
        guard let end = closedQuote(at) else {
          if at > start { break scan }
          forgive(.listForgaveUnclosed, at..<at + 1)
          at += 1
          isBehindStray = true
          return nil
        }
        let isLocal = end < octets.count && (octets[end] == Octet.at || octets[end] == Octet.dot)
        if !isLocal, at > start { break scan }
        at = end
        if !isLocal { break scan }
      default: at += 1
      }
      isBehindStray = false
    }
    isBehindStray = false
    return start < at ? token(start..<at) : nil
  }

  private mutating func passLiteral() {
    let rest = octets[at...].prefix(256)
    at = rest.firstIndex(of: Octet.closeBracket).map { $0 + 1 } ?? at + 1
  }

  /// The end of a quoted string that begins at a quotation mark; nil where the mark stands for nothing: it begins no
  /// word, nothing closes it, or what closes it begins a word itself.
  private func closedQuote(_ start: Int) -> Int? {
    let opens: Set<UInt8> = [Octet.comma, Octet.semicolon, Octet.colon, Octet.less, Octet.openParenthesis, Octet.dot]
    guard start == 0 || isBlank(start - 1) || opens.contains(octets[start - 1]) || isBehindStray else { return nil }
    let end = ListLexer.end(ofQuoted: octets.span, start)
    guard end - start >= 2, octets[end - 1] == Octet.quote else { return nil }
    let closes: Set<UInt8> = [
      Octet.comma, Octet.semicolon, Octet.less, Octet.greater, Octet.closeParenthesis, Octet.openParenthesis, Octet.at,
      Octet.dot,
    ]
    guard end == octets.count || isBlank(end) || closes.contains(octets[end]) else { return nil }
    // What holds whole addresses in brackets has swallowed them, unless it is the name of another one.
    let content = octets[start..<end]
    guard content.contains(Octet.less), content.contains(Octet.at), content.contains(Octet.greater) else { return end }
    return octets[end...].first { !Octet.isBlank($0) } == Octet.less ? end : nil
  }

  /// A word as a name or an address, without what does not belong to it.
  private mutating func token(_ word: Range<Int>) -> Token {
    var end = word.upperBound
    while end > word.lowerBound, octets[end - 1] == Octet.at || octets[end - 1] == Octet.dot { end -= 1 }
    if octets[word.lowerBound..<end].contains(Octet.at), forgiven.last?.rule == .listForgaveScheme,
      let query = octets[word.lowerBound..<end].firstIndex(of: UInt8(ascii: "?"))
    {
      end = query
    }
    guard let sign = sign(in: word.lowerBound..<end) else { return Token(kind: .name, range: word) }
    if end < word.upperBound { forgive(.listForgaveText, end..<word.upperBound) }
    return Token(kind: .address(sign: sign), range: word.lowerBound..<end)
  }

  /// The "@" that parts an address: the last one that is not quoted, when something stands on both sides of it.
  private func sign(in range: Range<Int>) -> Int? {
    guard let sign = octets[range].lastIndex(of: Octet.at), sign > range.lowerBound, sign + 1 < range.upperBound else {
      return nil
    }
    return sign
  }

  // MARK: brackets

  private mutating func brackets() -> Token {
    let start = at
    while at < octets.count,
      octets[at] == Octet.less || isBlank(at) && at + 1 < octets.count && octets[at + 1] == Octet.less
    {
      at += 1
    }
    if at - start > 1 { forgive(.listForgaveBrackets, start..<at) }
    let inner = at..<endOfInner(at)
    at = inner.upperBound
    let isClosed = at < octets.count && octets[at] == Octet.greater
    if isClosed {
      at += 1
      let close = at
      while at < octets.count, octets[at] == Octet.greater { at += 1 }
      if at > close { forgive(.listForgaveBrackets, close..<at) }
    } else {
      forgive(.listForgaveUnclosed, start..<start + 1)
    }
    return token(inner, in: start..<at)
  }

  /// Where what stands in brackets ends: at its ">", else behind its first word with an "@".
  private func endOfInner(_ start: Int) -> Int {
    let isRoute = start < octets.count && octets[start] == Octet.at
    var index = start
    var signs = 0
    var firstEnd: Int?
    while index < octets.count {
      switch octets[index] {
      case Octet.greater: return signs > 1 && firstEnd != nil && !isRoute ? firstEnd ?? index : index
      case Octet.less, Octet.semicolon: return firstEnd ?? index
      case Octet.comma where !isRoute: return firstEnd ?? index
      case Octet.quote:
        let end = ListLexer.end(ofQuoted: octets.span, index)
        if end < octets.count, octets[end] == Octet.at, octets[end - 1] == Octet.quote { index = end - 1 }
      case Octet.at: signs += 1
      case _ where isBlank(index):
        if signs > 0, firstEnd == nil, index > 0, octets[index - 1] != Octet.at { firstEnd = index }
      default: break
      }
      index += 1
    }
    return firstEnd ?? index
  }

  /// The address in brackets without route, scheme, stray quotation mark and white space.
  private mutating func token(_ inner: Range<Int>, in range: Range<Int>) -> Token {
    var (start, end) = (inner.lowerBound, inner.upperBound)
    while start < end, isBlank(start) { start += 1 }
    while end > start, isBlank(end - 1) { end -= 1 }
    if start < end, octets[start] == Octet.at, let colon = octets[start..<end].lastIndex(of: Octet.colon) {
      start = colon + 1
    }
    if octets[start..<end].prefix(7).map(Octet.lowered).elementsEqual("mailto:".utf8) {
      forgive(.listForgaveScheme, start..<start + 7)
      start += 7
    }
    if start < end, octets[start] == Octet.quote, octets[start..<end].dropFirst().firstIndex(of: Octet.quote) == nil {
      forgive(.listForgaveUnclosed, start..<start + 1)
      start += 1
    }
    let whole = end
    while end > start, octets[end - 1] == Octet.dot || octets[end - 1] == Octet.at || octets[end - 1] == Octet.quote {
      end -= 1
    }
    guard let sign = sign(in: start..<end) else { return Token(kind: .emptyBrackets, range: range) }
    if end < whole { forgive(.listForgaveText, end..<whole) }
    return Token(kind: .bracketed(sign: sign, inner: start..<end), range: range)
  }
}
