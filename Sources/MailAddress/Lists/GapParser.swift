/// Comments and folding white space between two parts: `CFWS` of RFC 5322 §3.2.2 and §4.2.
struct AddressGap {
  var start: Int
  var firstBlank: Int?
  var endsWithComment = false
  var isEmpty: Bool { firstBlank == nil && !endsWithComment }
}

extension AddressParser {
  /// Reads comments and white space, if there are any. Nil when something stands there that no profile allows; then
  /// it is noted.
  @inline(__always)
  mutating func parseGap(_ octets: Span<UInt8>) -> AddressGap? {
    guard at < octets.count, OctetClass.of(octets[at]) & OctetClass.gap != 0 else { return AddressGap(start: at) }
    return parseFullGap(octets)
  }

  private mutating func parseFullGap(_ octets: Span<UInt8>) -> AddressGap? {
    var gap = AddressGap(start: at)
    while at < octets.count {
      switch octets[at] {
      case Octet.space, Octet.tab, Octet.carriageReturn, Octet.lineFeed:
        if gap.firstBlank == nil { gap.firstBlank = at }
        gap.endsWithComment = false
        guard parseFoldingSpace(octets) else { return nil }
      case Octet.openParenthesis:
        guard parseComment(octets) else { return nil }
        gap.endsWithComment = true
      default:
        return gap
      }
      report.parts.isCompact = false
    }
    return gap
  }

  /// Reads one run of `FWS`.
  private mutating func parseFoldingSpace(_ octets: Span<UInt8>) -> Bool {
    let start = at
    skipBlanks(octets)
    if at > start { note(.whitespace, start, at) }
    var folds = 0
    while at < octets.count, octets[at] == Octet.carriageReturn || octets[at] == Octet.lineFeed {
      if let fault = lineEndFault(octets) {
        note(fault, at, min(at + (fault == .crlfNoWsp ? 2 : 1), octets.count))
        return false
      }
      note(folds == 0 ? .fold : .fwsObs, at, at + 3)
      folds += 1
      at += 2
      skipBlanks(octets)
    }
    return true
  }

  /// What is wrong with the CR or LF at the present place, nil when it folds a line.
  func lineEndFault(_ octets: Span<UInt8>) -> AddressRule? {
    guard octets[at] == Octet.carriageReturn else { return .bareLf }
    guard at + 1 < octets.count, octets[at + 1] == Octet.lineFeed else { return .bareCr }
    return at + 2 < octets.count && Octet.isBlank(octets[at + 2]) ? nil : .crlfNoWsp
  }

  private mutating func skipBlanks(_ octets: Span<UInt8>) {
    while at < octets.count, Octet.isBlank(octets[at]) { at += 1 }
  }

  /// Reads a comment with the comments inside it, counting parentheses instead of recursing.
  private mutating func parseComment(_ octets: Span<UInt8>) -> Bool {
    let start = at
    let noted = report.nextIndex
    note(.comment, start, start + 1)
    var depth = 0
    var folds = 0
    var hasNonASCII = false
    repeat {
      guard at < octets.count else {
        note(.commentUnclosed, start, start + 1)
        return false
      }
      let octet = octets[at]
      if octet != Octet.carriageReturn && !Octet.isBlank(octet) { folds = 0 }
      switch octet {
      case Octet.openParenthesis: depth += 1
      case Octet.closeParenthesis: depth -= 1
      case Octet.backslash: at += 1
      case Octet.carriageReturn, Octet.lineFeed:
        guard parseFoldInComment(octets, &folds) else { return false }
      case 0:
        note(.commentChar, at, at + 1)
        return false
      default: break
      }
      guard at < octets.count else { continue }
      noteCommentText(octets, isQuoted: octet == Octet.backslash, &hasNonASCII)
      at += 1
    } while depth > 0
    report.extend(at: noted, to: at)
    addNode(.comment, start, at)
    return true
  }

  private mutating func parseFoldInComment(_ octets: Span<UInt8>, _ folds: inout Int) -> Bool {
    if let fault = lineEndFault(octets) {
      note(fault, at, min(at + (fault == .crlfNoWsp ? 2 : 1), octets.count))
      return false
    }
    if folds > 0 { note(.fwsObs, at, at + 3) }
    folds += 1
    at += 2
    return true
  }

  private mutating func noteCommentText(_ octets: Span<UInt8>, isQuoted: Bool, _ hasNonASCII: inout Bool) {
    let octet = octets[at]
    if octet >= 0x80 {
      if !hasNonASCII && octet >= 0xC0 { noteCharacter(.commentNonAscii, octets, at) }
      hasNonASCII = true
    } else if Octet.isControl(octet) && octet != Octet.tab {
      note(isQuoted ? .commentQpControl : .commentControl, at, at + 1, UInt32(octet))
    }
  }
}
