extension AddressParser {
  /// The short road for `dot-string "@" host-name` in ASCII, of a text that was scanned. True when the address was judged. False, with nothing
  /// noted, when the long road must be taken; it starts at the domain when the local part was plain.
  mutating func parsePlain(_ octets: Span<UInt8>) -> Bool {
    let count = octets.count
    let localEnd = OctetScan.endOfRun(scan.atext | scan.dots, from: 0)
    guard localEnd < count, octets[localEnd] == Octet.at, isDotString(localEnd) else { return false }
    report.parts.localStart = 0
    report.parts.localEnd = localEnd
    report.parts.atSign = localEnd
    let domain = localEnd + 1..<count
    guard !domain.isEmpty, isPlainHost(OctetScan.places(domain)) else { return false }
    report.parts.domainStart = domain.lowerBound
    report.parts.domainEnd = count
    report.parts.isComplete = true
    noteShapeOfPlainHost(octets, domain)
    return true
  }

  /// Whether the octets before `end`, which are `atext` and dots, are a `Dot-string`.
  private func isDotString(_ end: Int) -> Bool {
    let dots = scan.dots & OctetScan.places(0..<end)
    // Each dot needs an octet before it that is none, and one behind it.
    return end > 0 && dots & (dots &<< 1 | 1) == 0 && dots &>> UInt64(end - 1) == 0
  }

  /// Whether these octets, which go to the end, are a host name that needs no closer look: no "--", no hyphen at the
  /// edge of a label. No label is too long, because the whole is short.
  private func isPlainHost(_ places: UInt64) -> Bool {
    let edges = scan.edges & places
    // The first place is an edge's neighbour, and so is the one behind the last.
    let beside = edges &<< 1 | edges &>> 1 | places & ~(places &<< 1) | places & ~(places &>> 1)
    return places & ~(scan.ldh | scan.dots) == 0 && edges & beside == 0
  }

  /// Looks at the last label, and at the others only when it is not made of letters.
  private mutating func noteShapeOfPlainHost(_ octets: Span<UInt8>, _ whole: Range<Int>) {
    let dots = scan.dots & OctetScan.places(whole)
    let last = OctetScan.limit - dots.leadingZeroBitCount..<whole.upperBound
    guard dots != 0, last.count > 1, isAlphabetic(octets, last) else {
      domain = DomainFacts()
      domain.labels = dots.nonzeroBitCount + 1
      domain.lastLabel = dots == 0 ? whole : last
      return noteDomainShape(octets)
    }
    let end = last.lowerBound - 1
    let start = OctetScan.limit - (dots & ~(1 &<< UInt64(end))).leadingZeroBitCount
    if SpecialUseDomain.matches(octets, last, max(start, whole.lowerBound)..<end) {
      note(.domainSpecialUse, whole.lowerBound, whole.upperBound)
    }
  }

  private func isAlphabetic(_ octets: Span<UInt8>, _ label: Range<Int>) -> Bool {
    var common = UInt8.max
    for index in label { common &= OctetClass.of(octets[index]) }
    return common & OctetClass.letter != 0
  }
}
