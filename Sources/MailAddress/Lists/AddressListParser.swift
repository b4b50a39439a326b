/// Reads `address-list` of RFC 5322 §3.4 with the obsolete forms of §4.4: one pass, tokens read as they are needed,
/// no recursion because groups do not nest.
public struct AddressListParser: Sendable {
  private var lexer = ListLexer()
  private var token = ListLexer.Token(kind: .end, range: 0..<0, hasGap: false)
  private var list = AddressList()

  /// Reads a list: the body of a header field, without its name.
  public static func parse(_ octets: [UInt8]) -> AddressList {
    var parser = AddressListParser()
    parser.run(octets.span)
    return parser.list
  }

  /// Reads a list given as text.
  public static func parse(_ text: String) -> AddressList { parse(Array(text.utf8)) }

  private mutating func run(_ octets: Span<UInt8>) {
    let check = ListTextCheck(octets)
    list.findings = check.remarks
    if let fault = check.fault {
      list.findings.append(fault)
      return
    }
    advance(octets)
    while token.kind != .end {
      if token.kind == .special(Octet.comma) {
        list.hasSeparator = true
        remark(.listObsElement, token.range)
        advance(octets)
        continue
      }
      guard let entry = parseEntry(octets) else { return }
      list.entries.append(entry)
      guard readSeparator(octets) else { return }
    }
    if list.entries.isEmpty { _ = fail(.listEmpty, octets) }
  }

  /// Reads the comma behind an element, or sees the end.
  private mutating func readSeparator(_ octets: Span<UInt8>) -> Bool {
    switch token.kind {
    case .end: return true
    case .special(Octet.comma):
      let comma = token.range
      list.hasSeparator = true
      advance(octets)
      if token.kind == .end { remark(.listObsElement, comma) }
      return true
    default: return fail(.listExpectedComma, octets)
    }
  }

  private mutating func advance(_ octets: Span<UInt8>) { token = lexer.next(octets) }

  private mutating func fail(_ rule: AddressRule, _ octets: Span<UInt8>) -> Bool {
    let scalar = token.start < octets.count ? UTF8Scalar.decode(octets, at: token.start).scalar : 0
    list.findings.append(AddressFinding(rule, token.start, token.range.upperBound, scalar: scalar))
    return false
  }

  private mutating func stop<Value>(_ rule: AddressRule, _ octets: Span<UInt8>) -> Value? {
    _ = fail(rule, octets)
    return nil
  }

  private mutating func remark(_ rule: AddressRule, _ range: Range<Int>) {
    guard !list.findings.contains(where: { $0.rule == rule }) else { return }
    list.findings.append(AddressFinding(rule, range.lowerBound, range.upperBound))
  }

  private func isSpecial(_ octet: UInt8) -> Bool { token.kind == .special(octet) }

  private mutating func parseEntry(_ octets: Span<UInt8>) -> ListEntry? {
    let start = token
    if let name = parsePhrase(octets, before: Octet.colon) { return parseGroup(octets, name) }
    rewind(to: start)
    return parseMailbox(octets).map { .mailbox($0) }
  }

  private mutating func rewind(to start: ListLexer.Token) {
    token = start
    lexer.move(to: start.range.upperBound)
  }

  /// Reads a phrase if one stands here and the octet `delimiter` follows it.
  private mutating func parsePhrase(_ octets: Span<UInt8>, before delimiter: UInt8) -> [UInt8]? {
    guard token.isWord else { return nil }
    var name: [UInt8] = []
    var dot: Range<Int>?
    while token.isWord || isSpecial(Octet.dot) {
      if token.hasGap && !name.isEmpty { name.append(Octet.space) }
      if isSpecial(Octet.dot) && dot == nil { dot = token.range }
      if token.kind == .quotedString {
        CanonicalAddress.append(unquoted: octets, token.range, to: &name)
      } else {
        name.append(octets, token.range)
      }
      advance(octets)
    }
    guard isSpecial(delimiter) else { return nil }
    if let dot { remark(.listObsPhrase, dot) }
    return name
  }

  /// Reads a group from its colon to its semicolon.
  private mutating func parseGroup(_ octets: Span<UInt8>, _ name: [UInt8]) -> ListEntry? {
    advance(octets)
    var members: [ListMailbox] = []
    while !isSpecial(Octet.semicolon) {
      if token.kind == .end { return stop(.listGroupUnclosed, octets) }
      if isSpecial(Octet.comma) {
        remark(.listObsElement, token.range)
        advance(octets)
        continue
      }
      guard let member = parseMailbox(octets) else { return nil }
      members.append(member)
      guard readGroupSeparator(octets) else { return nil }
    }
    advance(octets)
    return .group(name: name, members: members)
  }

  private mutating func readGroupSeparator(_ octets: Span<UInt8>) -> Bool {
    if isSpecial(Octet.semicolon) { return true }
    if token.kind == .end { return fail(.listGroupUnclosed, octets) }
    guard isSpecial(Octet.comma) else { return fail(.listExpectedComma, octets) }
    let comma = token.range
    advance(octets)
    if isSpecial(Octet.semicolon) { remark(.listObsElement, comma) }
    return true
  }

  /// Reads `mailbox`: a name and an address in angle brackets, or an address alone.
  private mutating func parseMailbox(_ octets: Span<UInt8>) -> ListMailbox? {
    let start = token
    if isSpecial(Octet.less) { return parseAngleAddress(octets, nil) }
    if let name = parsePhrase(octets, before: Octet.less) { return parseAngleAddress(octets, name) }
    rewind(to: start)
    return parseAddressSpec(octets)
  }

  private mutating func parseAngleAddress(_ octets: Span<UInt8>, _ name: [UInt8]?) -> ListMailbox? {
    advance(octets)
    let hasRoute = isSpecial(Octet.at) || isSpecial(Octet.comma)
    if hasRoute {
      remark(.listObsRoute, token.range)
      guard parseRoute(octets) else { return nil }
    }
    guard var mailbox = parseAddressSpec(octets) else { return nil }
    guard isSpecial(Octet.greater) else { return stop(.listExpectedRangle, octets) }
    advance(octets)
    mailbox.name = name
    mailbox.hasRoute = hasRoute
    return mailbox
  }

  /// Reads `obs-route` from its first "@" or comma to its colon.
  private mutating func parseRoute(_ octets: Span<UInt8>) -> Bool {
    var hasDomain = false
    while true {
      while isSpecial(Octet.comma) { advance(octets) }
      if isSpecial(Octet.colon) && hasDomain { break }
      guard isSpecial(Octet.at) else { return fail(.listBadRoute, octets) }
      advance(octets)
      guard parseDomain(octets) != nil else { return false }
      hasDomain = true
      guard isSpecial(Octet.comma) || isSpecial(Octet.colon) else { return fail(.listBadRoute, octets) }
    }
    advance(octets)
    return true
  }

  private mutating func parseAddressSpec(_ octets: Span<UInt8>) -> ListMailbox? {
    let start = token.start
    guard let local = parseLocalPart(octets) else { return nil }
    guard isSpecial(Octet.at) else { return stop(.listExpectedAt, octets) }
    advance(octets)
    guard let domain = parseDomain(octets) else { return nil }
    return ListMailbox(name: nil, local: local, domain: domain.text, range: start..<domain.end)
  }

  private mutating func parseLocalPart(_ octets: Span<UInt8>) -> [UInt8]? {
    var text: [UInt8] = []
    var words = 0
    var hasQuoted = false
    while true {
      guard token.isWord else { return stop(.listExpectedWord, octets) }
      if words > 0 && token.hasGap { remark(.listObsWords, token.range) }
      words += 1
      hasQuoted = hasQuoted || token.kind == .quotedString
      if hasQuoted && words > 1 { remark(.listObsWords, token.range) }
      text += AddressParser.bytes(octets, token.range)
      advance(octets)
      guard isSpecial(Octet.dot) else { return text }
      if token.hasGap { remark(.listObsWords, token.range) }
      text.append(Octet.dot)
      advance(octets)
    }
  }

  private mutating func parseDomain(_ octets: Span<UInt8>) -> (text: [UInt8], end: Int)? {
    if token.kind == .literal {
      let range = token.range
      advance(octets)
      return (AddressParser.bytes(octets, range), range.upperBound)
    }
    var text: [UInt8] = []
    while true {
      guard token.kind == .atom else { return stop(.listExpectedDomain, octets) }
      if !text.isEmpty && token.hasGap { remark(.listObsWords, token.range) }
      text += AddressParser.bytes(octets, token.range)
      let end = token.range.upperBound
      advance(octets)
      guard isSpecial(Octet.dot) else { return (text, end) }
      if token.hasGap { remark(.listObsWords, token.range) }
      text.append(Octet.dot)
      advance(octets)
    }
  }
}
