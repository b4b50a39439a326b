/// The first pass over a list: whether its quoted strings, comments, literals and line ends are well-formed.
struct ListTextCheck {
  /// The first thing that no header field allows.
  private(set) var fault: AddressFinding?
  /// What only some header fields allow, once for each rule.
  private(set) var remarks: [AddressFinding] = []
  private var at = 0
  /// Folds since the last octet that is no white space.
  private var folds = 0
  /// The last octet outside comments and white space.
  private var last: UInt8 = Octet.comma
  /// Folds of the present gap that one run of `FWS` has no room for.
  private var extraFolds: [Int] = []

  init(_ octets: Span<UInt8>) {
    if let bad = UTF8Scalar.firstMalformed(octets) {
      fault = AddressFinding(.listUtf8Malformed, bad, bad + 1, scalar: UInt32(octets[bad]))
      return
    }
    for index in octets.indices where octets[index] >= 0x80 {
      let (scalar, length) = UTF8Scalar.decode(octets, at: index)
      remarks.append(AddressFinding(.listNonAscii, index, index + length, scalar: scalar))
      break
    }
    while at < octets.count, fault == nil { step(octets) }
    closeGap(before: Octet.comma)
  }

  private mutating func step(_ octets: Span<UInt8>) {
    let octet = octets[at]
    if octet != Octet.carriageReturn && !Octet.isBlank(octet) { folds = 0 }
    if OctetClass.of(octet) & OctetClass.gap == 0 {
      closeGap(before: octet)
      last = octet
    }
    switch octet {
    case Octet.quote: readQuoted(octets, close: Octet.quote, unclosed: .listQuotedUnclosed, bad: .listQuotedChar)
    case Octet.openBracket:
      readQuoted(octets, close: Octet.closeBracket, unclosed: .listLiteralUnclosed, bad: .listLiteralChar)
    case Octet.openParenthesis: readComment(octets)
    case Octet.carriageReturn, Octet.lineFeed: readLineEnd(octets)
    case Octet.closeParenthesis, Octet.closeBracket, Octet.backslash: noteCharacter(octet)
    case _ where Octet.isControl(octet) && octet != Octet.tab: noteCharacter(octet)
    default: at += 1
    }
  }

  /// Judges folds that are one too many. Behind a word of a name two runs of white space meet, the word's own and
  /// that of the next word or of the "<", so one extra fold is no obsolete form there.
  private mutating func closeGap(before octet: UInt8) {
    guard let place = extraFolds.first else { return }
    let isBehindWord = ListLexer.isAtomOctet(last) || last == Octet.quote
    let isBeforeWord = ListLexer.isAtomOctet(octet) || octet == Octet.quote || octet == Octet.less
    if extraFolds.count > 1 || !isBehindWord || !isBeforeWord { remark(.listObsFws, place) }
    extraFolds = []
  }

  private mutating func noteCharacter(_ octet: UInt8) {
    fault = AddressFinding(.listChar, at, at + 1, scalar: UInt32(octet))
  }

  private mutating func remark(_ rule: AddressRule, _ place: Int) {
    if !remarks.contains(where: { $0.rule == rule }) { remarks.append(AddressFinding(rule, place, place + 1)) }
  }

  private mutating func readLineEnd(_ octets: Span<UInt8>, isInside: Bool = false) {
    if octets[at] == Octet.lineFeed {
      fault = AddressFinding(.listBareLf, at, at + 1)
    } else if at + 2 < octets.count, octets[at + 1] == Octet.lineFeed, Octet.isBlank(octets[at + 2]) {
      if folds > 0 && isInside { remark(.listObsFws, at) }
      if folds > 0 && !isInside && extraFolds.count < 2 { extraFolds.append(at) }
      folds += 1
      at += 2
    } else {
      fault = AddressFinding(.listBareCr, at, at + 1)
    }
  }

  private mutating func readQuoted(
    _ octets: Span<UInt8>, close: UInt8, unclosed: AddressRule, bad: AddressRule
  ) {
    let start = at
    at += 1
    while at < octets.count, fault == nil {
      let octet = octets[at]
      if octet == close {
        folds = 0
        at += 1
        return
      }
      let isNested = octet == Octet.openBracket && close == Octet.closeBracket
      if octet == 0 || isNested {
        fault = AddressFinding(bad, at, at + 1, scalar: UInt32(octet))
      } else {
        readText(octets, isLiteral: close == Octet.closeBracket)
      }
    }
    if fault == nil { fault = AddressFinding(unclosed, start, start + 1) }
  }

  /// Reads one octet, pair or line end inside quotes, a comment or a literal.
  private mutating func readText(_ octets: Span<UInt8>, isLiteral: Bool = false) {
    let octet = octets[at]
    if octet != Octet.carriageReturn && !Octet.isBlank(octet) { folds = 0 }
    switch octet {
    case Octet.carriageReturn, Octet.lineFeed: readLineEnd(octets, isInside: true)
    case Octet.backslash:
      let next = at + 1 < octets.count ? octets[at + 1] : Octet.space
      if isLiteral || Octet.isControl(next) && next != Octet.tab { remark(.listObsText, at) }
      at += 2
    case _ where Octet.isControl(octet) && octet != Octet.tab:
      remark(.listObsText, at)
      at += 1
    default: at += 1
    }
  }

  private mutating func readComment(_ octets: Span<UInt8>) {
    let start = at
    var depth = 0
    while at < octets.count, fault == nil {
      let octet = octets[at]
      switch octet {
      case Octet.openParenthesis, Octet.closeParenthesis:
        depth += octet == Octet.openParenthesis ? 1 : -1
        folds = 0
        at += 1
        if depth == 0 { return }
      case 0: fault = AddressFinding(.listCommentChar, at, at + 1, scalar: 0)
      default: readText(octets)
      }
    }
    if fault == nil { fault = AddressFinding(.listCommentUnclosed, start, start + 1) }
  }
}
