/// The forms of an address that mean the same mailbox: for the wire, for comparing, for showing.
public struct CanonicalAddress: Sendable, Equatable {
  /// The local part without needless quotation marks, comments and white space.
  public let local: [UInt8]
  /// The domain as written, without comments and white space; an IPv6 address in its canonical form.
  public let domain: [UInt8]
  /// The domain in ASCII: A-labels for U-labels. The case of ASCII letters is kept.
  public let wireDomain: [UInt8]
  private let shownDomain: [UInt8]

  /// The forms of an address that is complete (`AddressParts.isComplete`); nil for anything else.
  public init?(_ octets: [UInt8], idna: any IDNAConverter = IDNA2008()) {
    var parser = AddressParser(idna: idna)
    parser.parse(octets.span)
    self.init(octets, parser.report, idna: idna)
  }

  /// The same for an address that was judged.
  init?(_ octets: [UInt8], _ report: AddressReport, idna: any IDNAConverter) {
    guard report.parts.isComplete, let local = report.parts.local, let domain = report.parts.domain else { return nil }
    let isRewritten = report.parts.hasQuotes || !report.parts.isCompact
    self.local = isRewritten ? Self.local(octets, local) : Array(octets[local])
    if report.parts.isLiteral {
      self.domain = Self.literal(octets, domain)
      wireDomain = self.domain
      shownDomain = self.domain
      return
    }
    self.domain = report.parts.isCompact ? Array(octets[domain]) : Self.withoutGaps(octets, domain)
    wireDomain = report.parts.hasNonASCII ? Self.eachLabel(self.domain) { Self.ascii($0, idna) } : self.domain
    shownDomain = Self.mayHaveALabel(self.domain) ? Self.eachLabel(self.domain) { Self.unicode($0, idna) } : self.domain
  }

  /// What RCPT says: needless quotation marks gone, A-labels.
  public var wire: [UInt8] { Self.address(local, wireDomain) }

  /// The same for two addresses of one mailbox: the domain in lower case besides. The local part keeps its case
  /// (RFC 5321 §2.4). Compare as `String`, which finds canonically equivalent text equal.
  public var comparison: [UInt8] {
    var text = wire
    if wireDomain.first != Octet.openBracket {
      for index in text.indices.suffix(wireDomain.count) { text[index] = Octet.lowered(text[index]) }
    }
    return text
  }

  /// For people: U-labels for A-labels.
  public var shown: [UInt8] { Self.address(local, shownDomain) }

  static func address(_ local: [UInt8], _ domain: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(local.count + 1 + domain.count)
    text.append(contentsOf: local)
    text.append(Octet.at)
    text.append(contentsOf: domain)
    return text
  }

  private static func eachLabel(_ domain: [UInt8], _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
    let labels = domain.split(separator: Octet.dot, omittingEmptySubsequences: false)
    return Array(labels.map { change(Array($0)) }.joined(separator: [Octet.dot]))
  }

  private static func mayHaveALabel(_ domain: [UInt8]) -> Bool {
    domain.indices.dropFirst().contains { domain[$0] == Octet.hyphen && domain[$0 - 1] == Octet.hyphen }
  }

  private static func ascii(_ label: [UInt8], _ idna: any IDNAConverter) -> [UInt8] {
    label.contains { $0 >= 0x80 } && idna.judge(label.span).fault == nil ? idna.aLabel(of: label) ?? label : label
  }

  private static func unicode(_ label: [UInt8], _ idna: any IDNAConverter) -> [UInt8] {
    label.count > 4 && label[..<4].map(Octet.lowered) == Array("xn--".utf8) ? idna.uLabel(of: label) ?? label : label
  }

  /// The words and dots of a part, comments and white space passed over.
  private static func withoutGaps(_ octets: [UInt8], _ part: Range<Int>) -> [UInt8] {
    var lexer = ListLexer()
    lexer.move(to: part.lowerBound)
    var text: [UInt8] = []
    while true {
      let token = lexer.next(octets.span)
      guard token.kind != .end, token.range.upperBound <= part.upperBound else { return text }
      text += octets[token.range]
    }
  }

  /// An IPv6 literal in its canonical form, any other as it is.
  private static func literal(_ octets: [UInt8], _ domain: Range<Int>) -> [UInt8] {
    let content = domain.lowerBound + 1..<domain.upperBound - 1
    let span = octets.span
    guard !content.isEmpty, AddressLiteral.hasIPv6Tag(span, content), AddressLiteral.fault(span, content) == nil
    else { return Array(octets[domain]) }
    let groups = IPv6Groups(span, content.lowerBound + 5..<content.upperBound)
    return Array("[IPv6:".utf8) + groups.canonicalText + [Octet.closeBracket]
  }

  /// The words without their quotation marks, joined by dots, and quoted again where they must be.
  private static func local(_ octets: [UInt8], _ part: Range<Int>) -> [UInt8] {
    var lexer = ListLexer()
    lexer.move(to: part.lowerBound)
    var content: [UInt8] = []
    var facts = DotAtomFacts()
    while true {
      let token = lexer.next(octets.span)
      guard token.kind != .end, token.range.upperBound <= part.upperBound else { break }
      content += token.kind == .quotedString ? unquoted(octets[token.range]) : Array(octets[token.range])
    }
    for octet in content { facts.add(octet) }
    return facts.isDotAtom ? content : quoted(content)
  }

  /// The content of a quoted string: backslashes and folds gone.
  static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var content: [UInt8] = []
    var isEscaped = false
    for octet in text.dropFirst().dropLast() {
      if isEscaped {
        content.append(octet)
        isEscaped = false
      } else if octet == Octet.backslash {
        isEscaped = true
      } else if octet != Octet.carriageReturn && octet != Octet.lineFeed {
        content.append(octet)
      }
    }
    return content
  }

  /// Content as a quoted string with the fewest backslashes.
  static func quoted(_ content: [UInt8]) -> [UInt8] {
    var text: [UInt8] = [Octet.quote]
    for octet in content {
      let needsPair = octet == Octet.quote || octet == Octet.backslash || Octet.isControl(octet) && octet != Octet.tab
      if needsPair { text.append(Octet.backslash) }
      text.append(octet)
    }
    text.append(Octet.quote)
    return text
  }
}
