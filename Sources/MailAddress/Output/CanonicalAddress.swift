/// The forms of an address that mean the same mailbox: for the wire, for comparing, for showing.
public struct CanonicalAddress: Sendable, Equatable {
  /// The address without needless quotation marks, comments and white space; an IPv6 address in its canonical form.
  let text: [UInt8]
  /// What RCPT says: needless quotation marks gone, A-labels for U-labels. The case of ASCII letters is kept.
  public let wire: [UInt8]
  /// For people: U-labels for A-labels.
  public let shown: [UInt8]
  /// Where the domain begins, in each form.
  let domainStart: Int

  /// The forms of an address that is complete (`AddressParts.isComplete`); nil for anything else.
  public init?(_ octets: [UInt8], idna: any IDNAConverter = IDNA2008()) {
    var parser = AddressParser(idna: idna)
    parser.parse(octets.span)
    self.init(octets.span, parser.report, idna: idna)
  }

  /// The same for an address that was judged.
  init?(_ octets: Span<UInt8>, _ report: AddressReport, idna: any IDNAConverter) {
    let parts = report.parts
    guard parts.isComplete, let local = parts.local, let domain = parts.domain else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(octets.count)
    if parts.hasQuotes || !parts.isCompact {
      Self.append(local: octets, local, to: &text)
    } else {
      text.append(octets, local)
    }
    text.append(Octet.at)
    domainStart = text.count
    if parts.isLiteral {
      Self.append(literal: octets, domain, to: &text)
    } else if parts.isCompact {
      text.append(octets, domain)
    } else {
      Self.forEachToken(of: octets, domain) { text.append(octets, $0.range) }
    }
    self.text = text
    let hasNames = !parts.isLiteral
    wire = hasNames && parts.hasNonASCII ? Self.eachLabel(text, domainStart) { Self.ascii($0, idna) } : text
    shown =
      hasNames && Self.mayHaveALabel(text, domainStart)
      ? Self.eachLabel(text, domainStart) { Self.unicode($0, idna) } : text
  }

  /// The local part of `wire`.
  public var local: [UInt8] { Array(text[..<(domainStart - 1)]) }

  /// The domain as written, without comments and white space.
  public var domain: [UInt8] { Array(text[domainStart...]) }

  /// The domain of `wire`.
  public var wireDomain: [UInt8] { Array(wire[domainStart...]) }

  /// The same for two addresses of one mailbox: the form for the wire with the domain in lower case. The local part
  /// keeps its case (RFC 5321 §2.4). Compare as `String`, which finds canonically equivalent text equal.
  public var comparison: [UInt8] {
    let hasCapitals = wire[domainStart...].contains { $0 != Octet.lowered($0) }
    guard hasCapitals, wire[domainStart] != Octet.openBracket else { return wire }
    var text = wire
    for index in domainStart..<text.count { text[index] = Octet.lowered(text[index]) }
    return text
  }

  private static func eachLabel(_ text: [UInt8], _ domainStart: Int, _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
    let labels = text[domainStart...].split(separator: Octet.dot, omittingEmptySubsequences: false)
    return Array(text[..<domainStart]) + labels.map { change(Array($0)) }.joined(separator: [Octet.dot])
  }

  private static func mayHaveALabel(_ text: [UInt8], _ domainStart: Int) -> Bool {
    var before: UInt8 = 0
    for octet in text[domainStart...] {
      if octet == Octet.hyphen && before == Octet.hyphen { return true }
      before = octet
    }
    return false
  }

  private static func ascii(_ label: [UInt8], _ idna: any IDNAConverter) -> [UInt8] {
    label.contains { $0 >= 0x80 } && idna.judge(label.span).fault == nil ? idna.aLabel(of: label) ?? label : label
  }

  private static func unicode(_ label: [UInt8], _ idna: any IDNAConverter) -> [UInt8] {
    label.count > 4 && label[..<4].map(Octet.lowered) == Array("xn--".utf8) ? idna.uLabel(of: label) ?? label : label
  }

  /// The words and specials of a part, comments and white space passed over.
  private static func forEachToken(of octets: Span<UInt8>, _ part: Range<Int>, _ body: (ListLexer.Token) -> Void) {
    var lexer = ListLexer()
    lexer.move(to: part.lowerBound)
    while true {
      let token = lexer.next(octets)
      guard token.kind != .end, token.range.upperBound <= part.upperBound else { return }
      body(token)
    }
  }

  /// Appends an IPv6 literal in its canonical form, any other as it is.
  private static func append(literal octets: Span<UInt8>, _ domain: Range<Int>, to text: inout [UInt8]) {
    let content = domain.lowerBound + 1..<domain.upperBound - 1
    let isIPv6 = AddressLiteral.hasIPv6Tag(octets, content) && AddressLiteral.fault(octets, content) == nil
    guard isIPv6 else { return text.append(octets, domain) }
    let groups = IPv6Groups(octets, content.lowerBound + 5..<content.upperBound)
    text.append(literal: "[IPv6:")
    text.append(contentsOf: groups.canonicalText)
    text.append(Octet.closeBracket)
  }

  /// Appends the words without their quotation marks, joined by dots, and quoted again where they must be.
  private static func append(local octets: Span<UInt8>, _ part: Range<Int>, to text: inout [UInt8]) {
    let start = text.count
    forEachToken(of: octets, part) { token in
      if token.kind == .quotedString {
        append(unquoted: octets, token.range, to: &text)
      } else {
        text.append(octets, token.range)
      }
    }
    var facts = DotAtomFacts()
    for octet in text[start...] { facts.add(octet) }
    if !facts.isDotAtom { quote(&text, from: start) }
  }

  /// Appends the content of a quoted string: backslashes and folds gone.
  static func append(unquoted octets: Span<UInt8>, _ string: Range<Int>, to text: inout [UInt8]) {
    var index = string.lowerBound + 1
    while index < string.upperBound - 1 {
      let octet = octets[index]
      if octet == Octet.backslash {
        index += 1
        if index < string.upperBound - 1 { text.append(octets[index]) }
      } else if octet != Octet.carriageReturn && octet != Octet.lineFeed {
        text.append(octet)
      }
      index += 1
    }
  }

  /// Makes the end of a text a quoted string with the fewest backslashes.
  private static func quote(_ text: inout [UInt8], from start: Int) {
    let content = text[start...]
    text.removeSubrange(start...)
    text.append(Octet.quote)
    for octet in content {
      let needsPair = octet == Octet.quote || octet == Octet.backslash || Octet.isControl(octet) && octet != Octet.tab
      if needsPair { text.append(Octet.backslash) }
      text.append(octet)
    }
    text.append(Octet.quote)
  }
}
