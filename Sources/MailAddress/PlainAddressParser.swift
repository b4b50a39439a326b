extension AddressParser {
  /// The short road for `dot-string "@" host-name` in ASCII. True when the address was judged. False, with nothing
  /// noted, when the long road must be taken; it starts at the domain when the local part was plain.
  mutating func parsePlain(_ octets: Span<UInt8>) -> Bool {
    let count = octets.count
    let localEnd = Self.endOfDotString(octets)
    guard localEnd > 0, localEnd < count, octets[localEnd] == Octet.at else { return false }
    report.parts.localStart = 0
    report.parts.localEnd = localEnd
    report.parts.atSign = localEnd
    guard localEnd <= 64, count <= 254, localEnd + 1 < count, OctetClass.isLDH(octets[localEnd + 1]),
      Self.isPlainHost(octets, localEnd + 1)
    else { return false }
    report.parts.domainStart = localEnd + 1
    report.parts.domainEnd = count
    report.parts.isComplete = true
    noteShapeOfPlainHost(octets, localEnd + 1)
    return true
  }

  /// The end of the longest `Dot-string` at the start, or -1 when a dot is misplaced.
  private static func endOfDotString(_ octets: Span<UInt8>) -> Int {
    var previous = OctetClass.dot
    var adjacent: UInt8 = 0
    var index = 0
    while index < octets.count {
      let kind = OctetClass.of(octets[index])
      if kind & (OctetClass.atext | OctetClass.dot) == 0 { break }
      adjacent |= kind & previous
      previous = kind
      index += 1
    }
    return (adjacent | previous) & OctetClass.dot == 0 ? index : -1
  }

  /// Whether a host name without anything that needs a closer look goes from `start` to the end: no "--", no hyphen
  /// at the edge of a label.
  private static func isPlainHost(_ octets: Span<UInt8>, _ start: Int) -> Bool {
    var previous = OctetClass.edge
    var adjacent: UInt8 = 0
    var foreign: UInt8 = 0
    for index in start..<octets.count {
      let kind = OctetClass.of(octets[index])
      foreign |= kind ^ OctetClass.hostName
      adjacent |= kind & previous
      previous = kind
    }
    guard (adjacent | previous) & OctetClass.edge == 0, foreign & OctetClass.hostName == 0 else { return false }
    return octets.count - start <= 63 || hasShortLabels(octets, start)
  }

  private static func hasShortLabels(_ octets: Span<UInt8>, _ start: Int) -> Bool {
    var length = 0
    for index in start..<octets.count {
      length = octets[index] == Octet.dot ? 0 : length + 1
      if length > 63 { return false }
    }
    return octets.count - start <= 253
  }

  /// Looks at the last label, and at the others only when it is not made of letters.
  private mutating func noteShapeOfPlainHost(_ octets: Span<UInt8>, _ start: Int) {
    let end = octets.count
    var lastStart = end
    var others: UInt8 = 0
    while lastStart > start, octets[lastStart - 1] != Octet.dot {
      others |= ~OctetClass.of(octets[lastStart - 1])
      lastStart -= 1
    }
    if lastStart == start || others & OctetClass.letter != 0 || end - lastStart == 1 {
      domain = DomainFacts()
      domain.lastLabel = lastStart..<end
      for index in start..<end where octets[index] == Octet.dot { domain.labels += 1 }
      domain.labels += 1
      return noteDomainShape(octets)
    }
    switch SpecialUseDomain.kind(octets, lastStart..<end) {
    case .ordinary: return
    case .special: note(.domainSpecialUse, start, end)
    case .holdsExample:
      let previous = lastStart - 8
      guard previous == start || previous > start && octets[previous - 1] == Octet.dot else { return }
      if SpecialUseDomain.isExample(octets, previous..<lastStart - 1) { note(.domainSpecialUse, start, end) }
    }
  }
}
