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
    case .domainNonAscii, .bareLf, .crlfNoWsp, .bareCr, .domainDotTrailing,
      .domainBareIpv4, .literalIpv6Untagged, .idnaUppercase, .idnaDisallowed, .nameAddrForm, .localChar:
      true
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
    case .idnaUppercase, .idnaDisallowed: mapped(octets, finding, idna)
    case .nameAddrForm: bracketed(octets, finding).flatMap { isAddress($0, idna) ? $0 : nil }
    case .localChar: withoutScheme(octets, finding).flatMap { isAddress($0, idna) ? $0 : nil }
    default: nil
    }
  }

  /// Whether a part of what was written is an address by itself.
  private static func isAddress(_ octets: [UInt8], _ idna: any IDNAConverter) -> Bool {
    var checker = AddressChecker(idna: idna)
    checker.check(octets)
    return checker.report.isValid(.eai) || checker.report.isValid(.eaiHeader)
  }

  private static func isLineEnd(_ octet: UInt8) -> Bool {
    octet == Octet.carriageReturn || octet == Octet.lineFeed || Octet.isBlank(octet)
  }

  /// An IPv6 literal with its tag, when the rest of it is right.
  private static func tagged(_ octets: [UInt8], _ finding: AddressFinding) -> [UInt8]? {
    let tagged = Array(octets[..<finding.start]) + Array("IPv6:".utf8) + octets[finding.start...]
    return AddressLiteral.fault(tagged.span, finding.start..<finding.end + 5) == nil ? tagged : nil
  }

  /// The label around a finding in lower case and half width.
  private static func mapped(_ octets: [UInt8], _ finding: AddressFinding, _ idna: any IDNAConverter) -> [UInt8]? {
    var start = finding.start
    while start > 0, octets[start - 1] != Octet.dot, octets[start - 1] != Octet.at { start -= 1 }
    var end = finding.start
    while end < octets.count, octets[end] != Octet.dot { end += 1 }
    guard let label = idna.mapped(Array(octets[start..<end])) else { return nil }
    return Array(octets[..<start]) + label + octets[end...]
  }

  private static func bracketed(_ octets: [UInt8], _ finding: AddressFinding) -> [UInt8]? {
    guard let close = octets.lastIndex(of: Octet.greater), finding.start + 1 < close else { return nil }
    return Array(octets[finding.start + 1..<close])
  }

  private static func withoutScheme(_ octets: [UInt8], _ finding: AddressFinding) -> [UInt8]? {
    let scheme = Array("mailto:".utf8)
    guard finding.start == scheme.count - 1, octets.prefix(scheme.count).map(Octet.lowered) == scheme else {
      return nil
    }
    return Array(octets.dropFirst(scheme.count))
  }
}
