/// Repairs that are certain: what was meant can be told from what was written.
public enum AddressRepair {
  /// The whole address as it should be where a finding has one certain repair; nil where it has none.
  public static func suggestion(
    for finding: AddressFinding, in octets: [UInt8], _ report: AddressReport, idna: any IDNAConverter = IDNA2008()
  ) -> [UInt8]? {
    guard mayRepair(finding.rule) else { return nil }
    let canonical = CanonicalAddress(octets.span, report, idna: idna)
    return suggestion(for: finding, in: octets.span, report, canonical, idna: idna)
  }

  /// The same with the canonical form worked out before.
  static func suggestion(
    for finding: AddressFinding, in octets: Span<UInt8>, _ report: AddressReport, _ canonical: CanonicalAddress?,
    idna: any IDNAConverter
  ) -> [UInt8]? {
    let repaired =
      isInCanonicalForm(finding.rule)
      ? canonical?.text : repair(finding, AddressParser.bytes(octets, 0..<octets.count), report, canonical, idna)
    guard let repaired, !repaired.isEmpty, !repaired.isEqual(to: octets) else { return nil }
    return repaired
  }

  /// Whether what a rule finds is gone from the canonical form.
  private static func isInCanonicalForm(_ rule: AddressRule) -> Bool {
    switch rule {
    case .comment, .whitespace, .fold, .fwsObs, .cfwsNearAt, .cfwsNearDot, .quotedUnneeded, .quotedPairUnneeded,
      .localObsWords, .ipv6NotCanonical:
      true
    default: false
    }
  }

  /// Whether a rule is one of those that can have a certain repair.
  static func mayRepair(_ rule: AddressRule) -> Bool {
    switch rule {
    case _ where isInCanonicalForm(rule): true
    case .domainNonAscii, .unicodeUnsafe, .bareLf, .crlfNoWsp, .bareCr, .domainDotTrailing, .domainBareIpv4,
      .literalIpv6Untagged,
      .nameAddrForm, .localChar, .noAt:
      true
    default: isMapped(rule)
    }
  }

  /// Whether a rule speaks of a label that is no U-label, which mapping may mend.
  private static func isMapped(_ rule: AddressRule) -> Bool {
    switch rule {
    case .idnaDisallowed, .idnaUppercase, .idnaContext, .idnaBidi, .idnaNotNfc, .idnaCombiningStart, .idnaHyphen: true
    default: false
    }
  }

  private static func repair(
    _ finding: AddressFinding, _ octets: [UInt8], _ report: AddressReport, _ canonical: CanonicalAddress?,
    _ idna: any IDNAConverter
  ) -> [UInt8]? {
    switch finding.rule {
    case .domainNonAscii: report.isValid(.eai) ? canonical?.wire : nil
    case .bareLf, .crlfNoWsp, .bareCr:
      octets[finding.start...].allSatisfy(isLineEnd) ? Array(octets[..<finding.start]) : nil
    case .domainDotTrailing: finding.end == octets.count ? Array(octets.dropLast()) : nil
    case .domainBareIpv4:
      Array(octets[..<finding.start]) + [Octet.openBracket] + octets[finding.start...] + [Octet.closeBracket]
    case .literalIpv6Untagged: tagged(octets, finding)
    case .unicodeUnsafe: address(visible(octets), idna)
    case .nameAddrForm: bracketed(octets, finding).flatMap { address($0, idna) }
    case .localChar: withoutScheme(octets, finding).flatMap { address($0, idna) }
    case .noAt: withSign(octets).flatMap { address($0, idna) }
    default: isMapped(finding.rule) ? mapped(octets, report, idna) : nil
    }
  }

  /// A part of what was written, its labels mapped where they have to be; nil when it is no address by itself.
  private static func address(_ octets: [UInt8], _ idna: any IDNAConverter) -> [UInt8]? {
    var checker = AddressChecker(idna: idna)
    checker.check(octets)
    guard checker.report.isValid(.eai) || checker.report.isValid(.eaiHeader) else { return nil }
    return mapped(octets, checker.report, idna) ?? octets
  }

  private static func isLineEnd(_ octet: UInt8) -> Bool {
    octet == Octet.carriageReturn || octet == Octet.lineFeed || Octet.isBlank(octet)
  }

  /// An IPv6 literal with its tag, when the rest of it is right.
  private static func tagged(_ octets: [UInt8], _ finding: AddressFinding) -> [UInt8]? {
    let tagged = Array(octets[..<finding.start]) + Array("IPv6:".utf8) + octets[finding.start...]
    return AddressLiteral.fault(tagged.span, finding.start..<finding.end + 5) == nil ? tagged : nil
  }

  /// The address with each label mapped that has to be; nil when one cannot be.
  private static func mapped(_ octets: [UInt8], _ report: AddressReport, _ idna: any IDNAConverter) -> [UInt8]? {
    var address = octets
    for finding in report.findings.reversed() where isMapped(finding.rule) {
      let range = label(octets, around: finding.start)
      guard let label = idna.mapped(Array(octets[range])) else { return nil }
      address.replaceSubrange(range, with: label)
    }
    return address
  }

  private static func label(_ octets: [UInt8], around place: Int) -> Range<Int> {
    let isLabel = { (octet: UInt8) in octet >= 0x80 || OctetClass.isLDH(octet) }
    let start = octets[..<place].lastIndex { !isLabel($0) }.map { $0 + 1 } ?? 0
    return start..<(octets[place...].firstIndex { !isLabel($0) } ?? octets.count)
  }

  /// The text without what nobody sees, which came with it from where it was copied.
  private static func visible(_ octets: [UInt8]) -> [UInt8] {
    var visible: [UInt8] = []
    var index = 0
    while index < octets.count {
      let (scalar, length) = UTF8Scalar.decode(octets.span, at: index)
      let end = index + max(length, 1)
      if scalar < 0x80 || !UnicodeSafety.isUnsafe(scalar) { visible += octets[index..<end] }
      index = end
    }
    return visible
  }

  /// What stands in angle brackets, when it is the only address there.
  private static func bracketed(_ octets: [UInt8], _ finding: AddressFinding) -> [UInt8]? {
    guard let close = octets.lastIndex(of: Octet.greater), finding.start + 1 < close,
      AddressListRecovery.recover(octets).mailboxes.count == 1
    else { return nil }
    return Array(octets[finding.start + 1..<close])
  }

  /// The text with an "@" for its only full-width one, U+FF20.
  private static func withSign(_ octets: [UInt8]) -> [UInt8]? {
    let wide = Array("\u{FF20}".utf8)
    let places = octets.indices.filter { octets[$0] == wide[0] && octets[$0...].starts(with: wide) }
    guard places.count == 1, let place = places.first else { return nil }
    return octets[..<place] + [Octet.at] + octets[(place + wide.count)...]
  }

  private static func withoutScheme(_ octets: [UInt8], _ finding: AddressFinding) -> [UInt8]? {
    let scheme = Array("mailto:".utf8)
    guard finding.start == scheme.count - 1, octets.prefix(scheme.count).map(Octet.lowered) == scheme else {
      return nil
    }
    return Array(octets.dropFirst(scheme.count))
  }
}
