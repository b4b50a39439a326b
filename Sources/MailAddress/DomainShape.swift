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
  /// What a last label says.
  enum Kind {
    case ordinary
    case special
    /// Only `example` right below it is special.
    case holdsExample
  }

  static func kind(_ octets: Span<UInt8>, _ last: Range<Int>) -> Kind {
    switch last.count {
    case 3:
      switch packed(octets, last) {
      case packed("com"), packed("net"), packed("org"): .holdsExample
      case packed("alt"): .special
      default: .ordinary
      }
    case 4, 5, 7:
      switch packed(octets, last) {
      case packed("test"), packed("arpa"), packed("local"), packed("onion"), packed("invalid"), packed("example"):
        .special
      default: .ordinary
      }
    case 9: isLocalhost(octets, last.lowerBound) ? .special : .ordinary
    default: .ordinary
    }
  }

  /// Whether the last two labels of a domain are such a name; `previous` is empty when there is one label only.
  static func matches(_ octets: Span<UInt8>, _ last: Range<Int>, _ previous: Range<Int>) -> Bool {
    switch kind(octets, last) {
    case .ordinary: false
    case .special: true
    case .holdsExample: isExample(octets, previous)
    }
  }

  static func isExample(_ octets: Span<UInt8>, _ label: Range<Int>) -> Bool {
    label.count == 7 && packed(octets, label) == packed("example")
  }

  /// Up to eight octets in lower case as one number; 0 for more.
  @inline(__always)
  private static func packed(_ octets: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    guard range.count <= 8 else { return 0 }
    var number: UInt64 = 0
    for index in range { number = number << 8 | UInt64(Octet.lowered(octets[index])) }
    return number
  }

  @inline(__always)
  private static func packed(_ text: StaticString) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<text.utf8CodeUnitCount { number = number << 8 | UInt64(text.utf8Start[index]) }
    return number
  }

  private static func isLocalhost(_ octets: Span<UInt8>, _ start: Int) -> Bool {
    packed(octets, start..<start + 8) == packed("localhos") && Octet.lowered(octets[start + 8]) == 0x74
  }
}
