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
    let (report, nodes) = AddressChecker.tree(octets, idna: idna)
    guard report.parts.isComplete, let domain = report.parts.domain else { return nil }
    local = Self.local(octets, nodes)
    if report.parts.isLiteral {
      self.domain = Self.literal(octets, domain)
      wireDomain = self.domain
      shownDomain = self.domain
    } else {
      let labels = nodes.filter { $0.kind == .label }.map { Array(octets[$0.range]) }
      self.domain = Self.joined(labels)
      wireDomain = Self.joined(labels.map { Self.ascii($0, idna) })
      shownDomain = Self.joined(labels.map { Self.unicode($0, idna) })
    }
  }

  /// What RCPT says: needless quotation marks gone, A-labels.
  public var wire: [UInt8] { local + [Octet.at] + wireDomain }

  /// The same for two addresses of one mailbox: the domain in lower case besides. The local part keeps its case
  /// (RFC 5321 §2.4). Compare as `String`, which finds canonically equivalent text equal.
  public var comparison: [UInt8] {
    local + [Octet.at] + (wireDomain.first == Octet.openBracket ? wireDomain : wireDomain.map(Octet.lowered))
  }

  /// For people: U-labels for A-labels.
  public var shown: [UInt8] { local + [Octet.at] + shownDomain }

  private static func joined(_ labels: [[UInt8]]) -> [UInt8] { Array(labels.joined(separator: [Octet.dot])) }

  private static func ascii(_ label: [UInt8], _ idna: any IDNAConverter) -> [UInt8] {
    label.contains { $0 >= 0x80 } ? idna.aLabel(of: label) ?? label : label
  }

  private static func unicode(_ label: [UInt8], _ idna: any IDNAConverter) -> [UInt8] {
    let lowered = label.prefix(4).map(Octet.lowered)
    return lowered == Array("xn--".utf8) ? idna.uLabel(of: label) ?? label : label
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
  private static func local(_ octets: [UInt8], _ nodes: [AddressNode]) -> [UInt8] {
    let words = nodes.filter { $0.kind == .atom || $0.kind == .quotedString }
    let contents = words.map { $0.kind == .atom ? Array(octets[$0.range]) : unquoted(octets[$0.range]) }
    let content = joined(contents)
    var facts = DotAtomFacts()
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
