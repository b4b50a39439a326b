extension AddressParser {
  /// Reads what stands behind the "@" to the end of the text. False when no profile allows it.
  mutating func parseDomain(_ octets: Span<UInt8>) -> Bool {
    guard let gap = parseGap(octets) else { return false }
    if !gap.isEmpty { note(.cfwsNearAt, gap.start, at) }
    guard at < octets.count else { return failDomain(.domainEmpty, octets.count, octets.count) }
    report.parts.domainStart = at
    if octets[at] == Octet.openBracket { return parseLiteralDomain(octets) }
    if octets[at] == Octet.dot { return failDomain(.domainDotLeading, at, at + 1) }
    while true {
      guard parseLabel(octets) else { return false }
      let end = at
      guard let gap = parseGap(octets) else { return false }
      if at == octets.count {
        report.parts.domainEnd = end
        addNode(.domain, report.parts.domainStart, end)
        return true
      }
      guard octets[at] == Octet.dot else { return failAfterLabel(octets, gap) }
      guard parseDotOfDomain(octets, gap) else { return false }
    }
  }

  private mutating func failDomain(_ rule: AddressRule, _ start: Int, _ end: Int) -> Bool {
    note(rule, start, end)
    return false
  }

  /// Reads a dot and what surrounds it, up to the next label.
  private mutating func parseDotOfDomain(_ octets: Span<UInt8>, _ gap: AddressGap) -> Bool {
    if !gap.isEmpty { note(.cfwsNearDot, gap.start, at) }
    let dot = at
    domain.length += 1
    at += 1
    guard let next = parseGap(octets) else { return false }
    guard at < octets.count else { return failDomain(.domainDotTrailing, dot, dot + 1) }
    if !next.isEmpty { note(.cfwsNearDot, next.start, at) }
    if octets[at] == Octet.dot { return failDomain(.domainDotConsecutive, at, at + 1) }
    return true
  }

  /// Reads one label and judges it.
  private mutating func parseLabel(_ octets: Span<UInt8>) -> Bool {
    let start = at
    var facts = LabelFacts()
    var index = at
    while true {
      index = endOfRun(octets, from: index, scan.ldh, OctetClass.ldh)
      guard index < octets.count else { break }
      let octet = octets[index]
      if octet >= 0x80 {
        if !domain.hasNonASCII { noteCharacter(.domainNonAscii, octets, index) }
        domain.hasNonASCII = true
        facts.hasNonASCII = true
        while index + 1 < octets.count, octets[index + 1] >= 0x80 { index += 1 }
      } else if !OctetClass.isAtext(octet) {
        break
      } else {
        noteHostNameFault(octet, index, &facts)
      }
      index += 1
    }
    at = index
    if at == start {
      noteCharacter(Self.fault(ofDomainCharacter: octets[at]), octets, at)
      return false
    }
    domain.labels += 1
    domain.previousLabel = domain.lastLabel
    domain.lastLabel = start..<at
    domain.lastHasNonASCII = facts.hasNonASCII
    domain.lastIsALabel = false
    judgeLabel(octets, start..<at, facts)
    addNode(.label, start, at)
    return true
  }

  private mutating func noteHostNameFault(_ octet: UInt8, _ index: Int, _ facts: inout LabelFacts) {
    let isUnderscore = octet == Octet.underscore
    if isUnderscore ? facts.hasUnderscore : facts.hasOther { return }
    note(isUnderscore ? .domainUnderscore : .domainNotLdh, index, index + 1, UInt32(octet))
    if isUnderscore { facts.hasUnderscore = true } else { facts.hasOther = true }
  }

  /// Judges hyphens, length and IDNA of one label.
  private mutating func judgeLabel(_ octets: Span<UInt8>, _ label: Range<Int>, _ facts: LabelFacts) {
    let (start, end) = (label.lowerBound, label.upperBound)
    if octets[start] == Octet.hyphen { note(.domainHyphenStart, start, start + 1) }
    if octets[end - 1] == Octet.hyphen { note(.domainHyphenEnd, end - 1, end) }
    if facts.hasNonASCII {
      let isEdged = octets[start] == Octet.hyphen || octets[end - 1] == Octet.hyphen
      return judgeULabel(octets, label, isJudged: isEdged || facts.hasUnderscore || facts.hasOther)
    }
    domain.length += label.count
    if label.count > 63 { note(.labelTooLong, start + 63, end) }
    let isHostLabel = !facts.hasUnderscore && !facts.hasOther && octets[end - 1] != Octet.hyphen
    guard isHostLabel, label.count >= 4, octets[start + 2] == Octet.hyphen, octets[start + 3] == Octet.hyphen
    else { return }
    if Octet.lowered(octets[start]) == 0x78 && Octet.lowered(octets[start + 1]) == 0x6E {
      domain.lastIsALabel = idna.uLabel(of: Self.bytes(octets, label)) != nil
      if !domain.lastIsALabel { note(.idnaFakeALabel, start, end) }
    } else if octets[start] != Octet.hyphen {
      note(.ldhReserved, start, end)
    }
  }

  /// Judges a label that is not ASCII by IDNA2008, unless its ASCII octets have said enough.
  private mutating func judgeULabel(_ octets: Span<UInt8>, _ label: Range<Int>, isJudged: Bool) {
    domain.length += label.count
    if isJudged { return }
    let judgement = idna.judge(octets.extracting(label))
    if let fault = judgement.fault {
      let start = min(label.lowerBound + fault.range.lowerBound, label.upperBound)
      note(fault.kind.rule, start, min(label.lowerBound + fault.range.upperBound, label.upperBound), fault.scalar)
    } else if judgement.encodedLength > 0 {
      domain.length += judgement.encodedLength - label.count
      domain.encodingExcess += judgement.encodedLength - label.count
      if judgement.encodedLength > 63 { note(.idnaLabelTooLong, label.lowerBound, label.upperBound) }
    }
  }

  static func bytes(_ octets: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    octets.extracting(range).withUnsafeBufferPointer { Array($0) }
  }

  /// Notes what is wrong with an octet that follows a label and is no dot. False always.
  private mutating func failAfterLabel(_ octets: Span<UInt8>, _ gap: AddressGap) -> Bool {
    let octet = octets[at]
    let isText = OctetClass.isAtext(octet) || octet >= 0x80
    if let blank = gap.firstBlank, !(isText && gap.endsWithComment) {
      note(.domainSpace, blank, blank + 1)
    } else if gap.endsWithComment && isText {
      noteCharacter(.domainTextAfterComment, octets, at)
    } else {
      noteCharacter(Self.fault(ofDomainCharacter: octet), octets, at)
    }
    if Self.isListSeparator(octets, at), report.findings.last?.rule == .domainChar { noteList(octets) }
    return false
  }

  /// Whether a comma or semicolon here is followed by another "@".
  private static func isListSeparator(_ octets: Span<UInt8>, _ index: Int) -> Bool {
    guard octets[index] == Octet.comma || octets[index] == Octet.semicolon else { return false }
    for next in index..<octets.count where octets[next] == Octet.at { return true }
    return false
  }

  private mutating func noteList(_ octets: Span<UInt8>) {
    report.replaceLast(AddressFinding(.addressList, at, at + 1))
  }

  private static func fault(ofDomainCharacter octet: UInt8) -> AddressRule {
    switch octet {
    case Octet.at: .multipleAt
    case Octet.quote: .domainQuoted
    case Octet.closeParenthesis: .commentUnopened
    case Octet.openBracket: .literalMisplaced
    case _ where Octet.isControl(octet): .domainControl
    default: .domainChar
    }
  }
}

/// What the walk over one label learned.
struct LabelFacts {
  var hasNonASCII = false
  var hasUnderscore = false
  var hasOther = false
}
