extension AddressParser {
  /// Reads a domain in square brackets and what may follow it.
  mutating func parseLiteralDomain(_ octets: Span<UInt8>) -> Bool {
    let open = at
    report.parts.isLiteral = true
    guard let content = parseLiteralText(octets) else { return false }
    report.parts.domainEnd = at
    domain.length = at - open
    noteAddressLiteral(octets, open, content)
    addNode(.literal, open, at)
    guard parseGap(octets) != nil else { return false }
    guard at < octets.count else { return true }
    noteCharacter(octets[at] == Octet.at ? .multipleAt : .literalTrailing, octets, at)
    return false
  }

  /// Reads from "[" to "]" and says what stands between them; nil when no profile allows it.
  private mutating func parseLiteralText(_ octets: Span<UInt8>) -> LiteralText? {
    let open = at
    var text = LiteralText(start: open + 1)
    at += 1
    while true {
      at = Self.endOfPlainText(octets, at)
      guard at < octets.count else { break }
      let octet = octets[at]
      switch octet {
      case Octet.closeBracket:
        text.end = at
        at += 1
        return text
      case Octet.openBracket, 0: return stopLiteral(octets, .literalChar)
      case Octet.carriageReturn, Octet.lineFeed:
        guard lineEndFault(octets) == nil else { return stopLiteral(octets, .literalBareCrlf) }
        noteBlank(&text, length: 3)
        at += 2
      case Octet.space, Octet.tab: noteBlank(&text, length: 1)
      case Octet.backslash:
        noteObsolete(octets, &text)
        at += 1
        if at < octets.count, octets[at] >= 0x80 { noteNonASCII(octets, &text) }
      case 0x80...: noteNonASCII(octets, &text)
      case _ where Octet.isControl(octet): noteObsolete(octets, &text)
      default: break
      }
      at += 1
    }
    note(.literalUnclosed, open, open + 1)
    return nil
  }

  /// Passes over what addresses are written with, and other text that says nothing by itself.
  private static func endOfPlainText(_ octets: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < octets.count {
      let octet = octets[index]
      guard OctetClass.of(octet) & (OctetClass.atext | OctetClass.dot) != 0 || octet == Octet.colon else { break }
      index += 1
    }
    return index
  }

  private mutating func stopLiteral(_ octets: Span<UInt8>, _ rule: AddressRule) -> LiteralText? {
    noteCharacter(rule, octets, at)
    return nil
  }

  /// Notes a blank, or a fold with its three octets; the second fold in a run of white space is obsolete (§4.2).
  private mutating func noteBlank(_ text: inout LiteralText, length: Int) {
    if !text.hasBlank { note(.literalSpace, at, at + length) }
    text.hasBlank = true
    let isBehindFold = at == text.foldedEnd
    if isBehindFold && length > 1 { note(.fwsObs, at, at + length) }
    if isBehindFold || length > 1 { text.foldedEnd = at + length }
  }

  private mutating func noteObsolete(_ octets: Span<UInt8>, _ text: inout LiteralText) {
    if !text.hasObsolete { note(.literalObs, at, at + 1, UInt32(octets[at])) }
    text.hasObsolete = true
  }

  private mutating func noteNonASCII(_ octets: Span<UInt8>, _ text: inout LiteralText) {
    if !text.hasNonASCII { noteCharacter(.literalNonAscii, octets, at) }
    text.hasNonASCII = true
  }

  /// Judges the content of the brackets by `address-literal` of RFC 5321 §4.1.3.
  private mutating func noteAddressLiteral(_ octets: Span<UInt8>, _ open: Int, _ text: LiteralText) {
    let content = text.start..<text.end
    guard !text.hasBlank, !text.hasObsolete, !text.hasNonASCII else {
      return note(.literalNotAddress, content.lowerBound, content.upperBound)
    }
    guard let fault = AddressLiteral.fault(octets, content) else {
      if AddressLiteral.hasLeadingZero(octets, content) {
        note(.literalIpv4LeadingZero, content.lowerBound, content.upperBound)
      }
      note(.literalAddress, open, text.end + 1)
      if !AddressLiteral.isCanonical(octets, content) {
        note(.ipv6NotCanonical, content.lowerBound + 5, content.upperBound)
      }
      return
    }
    let scalar = fault.start < text.end ? UInt32(octets[fault.start]) : 0
    note(fault.rule, fault.start, fault.end, scalar)
  }
}

/// The content of a domain literal and what is unusual in it.
struct LiteralText {
  var start: Int
  var end: Int
  /// Where the last run of white space with a fold ends.
  var foldedEnd: Int?
  var hasBlank = false
  var hasObsolete = false
  var hasNonASCII = false

  init(start: Int) {
    self.start = start
    end = start
  }
}
