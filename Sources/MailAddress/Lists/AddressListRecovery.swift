/// Reads lists that no grammar allows, the way people and programs write them, and says what it forgave. This is
/// never validity: `AddressListParser` judges.
///
/// An address that stands whole in brackets is never lost and never takes a name that stands before another one.
public struct AddressListRecovery: Sendable {
  private var entries: [ListMailbox] = []
  private var findings: [AddressFinding] = []
  /// The words since the last address or separator that may be a name.
  private var name: Range<Int>?
  /// Whether a comma stands within those words.
  private var nameHasComma = false
  /// Whether an address has been found since the last separator.
  private var hasAddress = false

  /// The mailboxes that can be found in a text, and a finding for each thing forgiven.
  public static func recover(_ octets: [UInt8]) -> (mailboxes: [ListMailbox], forgiven: [AddressFinding]) {
    let strict = AddressListParser.parse(octets)
    if strict.verdict(.eaiHeader) != .invalid { return (strict.mailboxes, []) }
    var recovery = AddressListRecovery()
    recovery.run(octets)
    recovery.compare(with: strict)
    return (recovery.entries, recovery.findings)
  }

  private mutating func forgive(_ rule: AddressRule, _ range: Range<Int>) {
    guard findings.count < AddressReport.repetitionLimit else { return }
    findings.append(AddressFinding(rule, range.lowerBound, range.upperBound))
  }

  private mutating func run(_ octets: [UInt8]) {
    for index in octets.indices where octets[index] == Octet.lineFeed || octets[index] == Octet.carriageReturn {
      if !isFold(octets, index) { forgive(.listForgaveLineEnd, index..<index + 1) }
    }
    var lexer = RecoveryLexer(octets)
    var token = lexer.next()
    while token.kind != .end {
      for (rule, range) in lexer.forgiven { forgive(rule, range) }
      lexer.forgiven = []
      let next = lexer.next()
      take(token, before: next, octets)
      token = next
    }
    for (rule, range) in lexer.forgiven { forgive(rule, range) }
    dropName()
  }

  private func isFold(_ octets: [UInt8], _ index: Int) -> Bool {
    let isReturn = octets[index] == Octet.carriageReturn
    let feed = isReturn ? index + 1 : index
    guard feed < octets.count, octets[feed] == Octet.lineFeed, isReturn || index > 0 && octets[index - 1] == 13 else {
      return false
    }
    return feed + 1 < octets.count && Octet.isBlank(octets[feed + 1])
  }

  private mutating func take(_ token: RecoveryLexer.Token, before next: RecoveryLexer.Token, _ octets: [UInt8]) {
    switch token.kind {
    case .name: extendName(to: token.range)
    case .address(let sign):
      if isName(token, of: next, octets) { return extendName(to: token.range) }
      // A name with a comma in it belongs to brackets: words before a bare address may be anybody's.
      if nameHasComma { dropName() }
      add(token.range, sign, at: token.range.lowerBound, octets)
    case .bracketed(let sign, let inner): add(inner, sign, at: token.range.lowerBound, octets)
    case .emptyBrackets:
      forgive(.listForgaveText, token.range)
      dropName()
      hasAddress = true
    case .comma: separate(octets)
    case .semicolon:
      forgive(.listForgaveSeparator, token.range)
      separate(octets)
    case .colon: (name, nameHasComma, hasAddress) = (nil, false, false)
    case .end: break
    }
  }

  /// Whether a bare address is the name of the one in brackets behind it: the same one, or no whole domain.
  private func isName(_ token: RecoveryLexer.Token, of next: RecoveryLexer.Token, _ octets: [UInt8]) -> Bool {
    guard case .bracketed(_, let inner) = next.kind, case .address(let sign) = token.kind else { return false }
    return octets[token.range] == octets[inner] || !octets[sign..<token.range.upperBound].contains(Octet.dot)
  }

  private mutating func extendName(to range: Range<Int>) {
    name = (name?.lowerBound ?? range.lowerBound)..<range.upperBound
  }

  /// Ends an element. Words without an address may be the first part of a name with a comma in it, but not what looks
  /// like an address that has lost its "@".
  private mutating func separate(_ octets: [UInt8]) {
    if hasAddress || name.map({ Self.hasDomain(octets[$0]) }) == true {
      dropName()
    } else if name != nil {
      nameHasComma = true
    }
    hasAddress = false
  }

  /// Whether a dot stands between two letters or digits.
  private static func hasDomain(_ words: ArraySlice<UInt8>) -> Bool {
    words.indices.dropFirst().dropLast().contains {
      words[$0] == Octet.dot && OctetClass.isLDH(words[$0 - 1]) && OctetClass.isLDH(words[$0 + 1])
    }
  }

  private mutating func dropName() {
    if let name { forgive(.listForgaveText, name) }
    (name, nameHasComma) = (nil, false)
  }

  private mutating func add(_ address: Range<Int>, _ sign: Int, at start: Int, _ octets: [UInt8]) {
    if hasAddress {
      let place = name?.lowerBound ?? start
      forgive(.listForgaveSeparator, max(place - 1, 0)..<max(place, 1))
    }
    entries.append(
      ListMailbox(
        name: name.flatMap { takeName(octets, $0) }, local: Array(octets[address.lowerBound..<sign]),
        domain: Array(octets[sign + 1..<address.upperBound]), range: address))
    (name, nameHasComma, hasAddress) = (nil, false, true)
  }

  /// The text before an address as a display name.
  private mutating func takeName(_ octets: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    let name = octets[range]
    if name.first == Octet.quote, name.count > 1,
      ListLexer.end(ofQuoted: octets.span, range.lowerBound) == range.upperBound,
      name.last == Octet.quote
    {
      var content: [UInt8] = []
      CanonicalAddress.append(unquoted: octets.span, range, to: &content)
      return content
    }
    let asWritten = AddressListParser.parse(Array(name) + Array(" <a@b>".utf8))
    if asWritten.verdict(.eaiHeader) == .invalid { forgive(.listForgaveName, range) }
    return asWritten.mailboxes.first?.name ?? name.filter { $0 != Octet.quote }
  }

  /// Notes where a reader that stops at the first mistake finds other people than are found here.
  private mutating func compare(with strict: AddressList) {
    let found = entries.map(\.address)
    guard let other = strict.mailboxes.first(where: { !found.contains($0.address) }) else { return }
    forgive(.listReadingsDiffer, other.range)
  }
}
