extension AddressParser {
  /// Notes what the number and the kind of labels say about a domain that is no literal.
  mutating func noteDomainShape(_ octets: Span<UInt8>) {
    let start = report.parts.domainStart
    let end = report.parts.domainEnd
    if domain.labels == 1 { note(.domainSingleLabel, start, end) } else { noteTopLevel(octets) }
    noteSpecialUse(octets)
  }

  mutating func noteSpecialUse(_ octets: Span<UInt8>) {
    guard SpecialUseDomain.matches(octets, domain.lastLabel, domain.previousLabel) else { return }
    note(.domainSpecialUse, report.parts.domainStart, report.parts.domainEnd)
  }

  private mutating func noteTopLevel(_ octets: Span<UInt8>) {
    let label = domain.lastLabel
    if domain.lastHasNonASCII { return noteNonAlphabeticULabel(octets, label) }
    var letters = 0
    var digits = 0
    for index in label {
      if Octet.lowered(octets[index]) &- 97 < 26 { letters += 1 }
      if Octet.isDigit(octets[index]) { digits += 1 }
    }
    if digits == label.count {
      note(.tldNumeric, label.lowerBound, label.upperBound)
      let whole = report.parts.domainStart..<report.parts.domainEnd
      let isFour = domain.labels == 4 && report.parts.isCompact && IPv4Text.isDigitsAndDots(octets, whole)
      if isFour && IPv4Text.fault(octets, whole) == nil {
        note(.domainBareIpv4, whole.lowerBound, whole.upperBound)
      }
    } else if label.count == 1 {
      note(.tldOneLetter, label.lowerBound, label.upperBound)
    } else if letters < label.count && !domain.lastIsALabel {
      note(.tldNotAlphabetic, label.lowerBound, label.upperBound)
    }
  }

  /// A U-label as the last label is fine unless it has ASCII digits or hyphens.
  private mutating func noteNonAlphabeticULabel(_ octets: Span<UInt8>, _ label: Range<Int>) {
    for index in label where octets[index] < 0x80 && Octet.lowered(octets[index]) &- 97 >= 26 {
      return note(.tldNotAlphabetic, label.lowerBound, label.upperBound)
    }
  }
}

/// Names that the registry of special-use domains reserves (RFC 6761) and that no mail can be sent to.
enum SpecialUseDomain {
  /// Whether the last two labels of a domain are such a name; `previous` is empty when there is one label only.
  static func matches(_ octets: Span<UInt8>, _ last: Range<Int>, _ previous: Range<Int>) -> Bool {
    let name = packed(octets, last)
    if previous.count == 7, packed(octets, previous) == packed("example"),
      name == packed("com") || name == packed("net") || name == packed("org")
    {
      return true
    }
    return name == packed("test") || name == packed("local") || name == packed("example") || name == packed("invalid")
      || name == packed("arpa") || name == packed("onion") || name == packed("alt")
      || last.count == 9 && name == packed("ocalhost") && Octet.lowered(octets[last.lowerBound]) == 0x6C
  }

  /// The last eight octets of a label, or as many as it has, in lower case. What is no letter may change, but not into one.
  @inline(__always)
  private static func packed(_ octets: Span<UInt8>, _ label: Range<Int>) -> UInt64 {
    let word = OctetScan.word(octets, endingAt: label.upperBound) | 0x2020_2020_2020_2020
    return label.isEmpty ? 0 : word &>> UInt64(64 - min(label.count, 8) * 8)
  }

  /// The same of a name in lower case, of eight letters at most.
  @inline(__always)
  private static func packed(_ name: StaticString) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<name.utf8CodeUnitCount { word |= UInt64(name.utf8Start[index]) &<< UInt64(index * 8) }
    return word
  }
}
