extension AddressParser {
  /// Reads the local part and its "@". False when no profile allows what stands there.
  mutating func parseLocalPart(_ octets: Span<UInt8>) -> Bool {
    guard parseGap(octets) != nil else { return false }
    guard at < octets.count else { return fail(.noAt, octets.count, octets.count) }
    report.parts.localStart = at
    if octets[at] == Octet.at { return fail(.localEmpty, at, at + 1) }
    if octets[at] == Octet.dot { return fail(.localDotLeading, at, at + 1) }
    while true {
      guard parseWord(octets) else { return false }
      report.parts.localEnd = at
      guard let gap = parseGap(octets) else { return invalidateLocal() }
      guard at < octets.count else { return fail(.noAt, octets.count, octets.count) }
      switch octets[at] {
      case Octet.at: return finishLocalPart(octets, gap)
      case Octet.dot: guard parseDotOfLocalPart(octets, gap) else { return invalidateLocal() }
      default:
        failAfterWord(octets, gap)
        return invalidateLocal()
      }
    }
  }

  /// Notes a finding after which the walk stops.
  mutating func fail(_ rule: AddressRule, _ start: Int, _ end: Int) -> Bool {
    note(rule, start, end)
    return invalidateLocal()
  }

  private mutating func invalidateLocal() -> Bool {
    if report.parts.atSign < 0 { report.parts.localEnd = -1 }
    return false
  }

  /// Reads one word: an atom or a quoted string.
  private mutating func parseWord(_ octets: Span<UInt8>) -> Bool {
    let start = at
    local.words += 1
    if octets[at] == Octet.quote {
      if local.words > 1 && local.mixed == nil { local.mixed = start }
      local.quotedWords += 1
      report.parts.hasQuotes = true
      guard parseQuotedString(octets) else { return false }
      addNode(.quotedString, start, at)
    } else {
      guard parseAtom(octets) else { return false }
      addNode(.atom, start, at)
    }
    local.count(at - start, from: start)
    return true
  }

  private mutating func parseAtom(_ octets: Span<UInt8>) -> Bool {
    let start = at
    var index = at
    while true {
      index = endOfRun(octets, from: index, scan.atext, OctetClass.atext)
      guard index < octets.count, octets[index] >= 0x80 else { break }
      if !local.hasNonASCII { noteCharacter(.localNonAscii, octets, index) }
      local.hasNonASCII = true
      repeat { index += 1 } while index < octets.count && octets[index] >= 0x80
    }
    at = index
    if at == start {
      noteCharacter(Self.fault(ofLocalCharacter: octets[at]), octets, at)
      return false
    }
    return true
  }

  /// Reads a dot and what surrounds it, up to the next word.
  private mutating func parseDotOfLocalPart(_ octets: Span<UInt8>, _ gap: AddressGap) -> Bool {
    if !gap.isEmpty { note(.cfwsNearDot, gap.start, at) }
    if local.quotedWords == 1 && local.words == 1 && local.mixed == nil { local.mixed = at }
    let dot = at
    local.count(1, from: at)
    at += 1
    guard let next = parseGap(octets) else { return false }
    guard at < octets.count else { return fail(.noAt, octets.count, octets.count) }
    if octets[at] == Octet.at { return fail(.localDotTrailing, dot, dot + 1) }
    if !next.isEmpty { note(.cfwsNearDot, next.start, at) }
    if octets[at] == Octet.dot { return fail(.localDotConsecutive, at, at + 1) }
    return true
  }

  /// Notes what is wrong with an octet that follows a word and is neither dot nor "@".
  private mutating func failAfterWord(_ octets: Span<UInt8>, _ gap: AddressGap) {
    let octet = octets[at]
    let isText = OctetClass.isAtext(octet) || octet >= 0x80 || octet == Octet.quote
    if let blank = gap.firstBlank, !(isText && gap.endsWithComment) {
      note(.localSpace, blank, blank + 1)
    } else if gap.endsWithComment && isText {
      noteCharacter(.localTextAfterComment, octets, at)
    } else if isText && octets[at - 1] == Octet.quote {
      noteCharacter(.localTextAfterQuoted, octets, at)
    } else {
      noteCharacter(Self.fault(ofLocalCharacter: octet), octets, at)
    }
  }

  private static func fault(ofLocalCharacter octet: UInt8) -> AddressRule {
    switch octet {
    case Octet.quote: .localQuoteInAtom
    case Octet.backslash: .localBackslash
    case Octet.closeParenthesis: .commentUnopened
    case _ where Octet.isControl(octet): .localControl
    default: .localChar
    }
  }

  private mutating func finishLocalPart(_ octets: Span<UInt8>, _ gap: AddressGap) -> Bool {
    if !gap.isEmpty { note(.cfwsNearAt, gap.start, at) }
    let parts = report.parts
    if local.quotedWords > 0 {
      if let mixed = local.mixed {
        note(.localObsWords, mixed, parts.localEnd)
      } else {
        report.parts.isQuoted = true
        note(.quotedString, parts.localStart, parts.localEnd)
        if !local.quotedIsNeeded && !local.quotedIsEmpty { note(.quotedUnneeded, parts.localStart, parts.localEnd) }
      }
    }
    addNode(.localPart, parts.localStart, parts.localEnd)
    report.parts.atSign = at
    at += 1
    return true
  }
}
