/// The content of an address literal: IPv4, tagged IPv6, or something else (RFC 5321 §4.1.3).
enum AddressLiteral {
  /// Why the content is no address, or nil.
  struct Fault {
    let rule: AddressRule
    let start: Int
    let end: Int
  }

  static func fault(_ octets: Span<UInt8>, _ content: Range<Int>) -> Fault? {
    guard !content.isEmpty else {
      return Fault(rule: .literalEmpty, start: content.lowerBound, end: content.lowerBound)
    }
    if hasIPv6Tag(octets, content) {
      return IPv6Text.fault(octets, content.lowerBound + 5..<content.upperBound)
    }
    if IPv4Text.isDigitsAndDots(octets, content) { return IPv4Text.fault(octets, content) }
    return Fault(rule: kind(octets, content), start: content.lowerBound, end: content.upperBound)
  }

  static func hasIPv6Tag(_ octets: Span<UInt8>, _ content: Range<Int>) -> Bool {
    guard content.count >= 5, octets[content.lowerBound + 4] == Octet.colon else { return false }
    let start = content.lowerBound
    return Octet.lowered(octets[start]) == 0x69 && Octet.lowered(octets[start + 1]) == 0x70
      && Octet.lowered(octets[start + 2]) == 0x76 && octets[start + 3] == 0x36
  }

  /// Content that is neither IPv4 nor tagged as IPv6.
  private static func kind(_ octets: Span<UInt8>, _ content: Range<Int>) -> AddressRule {
    var colon: Int?
    var couldBeIPv6 = true
    for index in content {
      let octet = octets[index]
      if octet == Octet.colon {
        if colon == nil { colon = index }
      } else if !Octet.isHexDigit(octet) && octet != Octet.dot {
        couldBeIPv6 = false
      }
    }
    guard let colon else { return .literalNotAddress }
    if couldBeIPv6 { return .literalIpv6Untagged }
    return isTag(octets, content.lowerBound..<colon) && colon + 1 < content.upperBound
      ? .literalTagUnregistered : .literalNotAddress
  }

  /// Whether a `Standardized-tag` stands here: `Ldh-str`.
  private static func isTag(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, octets[range.upperBound - 1] != Octet.hyphen else { return false }
    for index in range where !OctetClass.isLDH(octets[index]) { return false }
    return true
  }

  /// Whether an IPv4 literal has a number with a leading zero.
  static func hasLeadingZero(_ octets: Span<UInt8>, _ content: Range<Int>) -> Bool {
    !hasIPv6Tag(octets, content) && IPv4Text.hasLeadingZero(octets, content)
  }

  /// Whether an address is written in the one form of RFC 5952.
  static func isCanonical(_ octets: Span<UInt8>, _ content: Range<Int>) -> Bool {
    guard hasIPv6Tag(octets, content) else { return true }
    return IPv6Groups(octets, content.lowerBound + 5..<content.upperBound).isCanonical
  }
}

/// Dotted numbers.
enum IPv4Text {
  static func isDigitsAndDots(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where !Octet.isDigit(octets[index]) && octets[index] != Octet.dot { return false }
    return true
  }

  /// Why digits and dots are no IPv4 address, or nil.
  static func fault(_ octets: Span<UInt8>, _ range: Range<Int>) -> AddressLiteral.Fault? {
    var numbers = 0
    var digits = 0
    var value = 0
    var excess: Range<Int>?
    var isShaped = true
    for index in range.lowerBound...range.upperBound {
      if index < range.upperBound, octets[index] != Octet.dot {
        digits += 1
        if digits <= 3 { value = value * 10 + Int(octets[index] &- 48) }
        continue
      }
      if digits == 0 || digits > 3 { isShaped = false }
      if value > 255 && excess == nil { excess = index - digits..<index }
      numbers += 1
      digits = 0
      value = 0
    }
    guard isShaped && numbers == 4 else {
      return AddressLiteral.Fault(rule: .literalIpv4Count, start: range.lowerBound, end: range.upperBound)
    }
    return excess.map { AddressLiteral.Fault(rule: .literalIpv4Range, start: $0.lowerBound, end: $0.upperBound) }
  }

  static func hasLeadingZero(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where octets[index] == 0x30 {
      let isFirst = index == range.lowerBound || octets[index - 1] == Octet.dot
      if isFirst && index + 1 < range.upperBound && octets[index + 1] != Octet.dot { return true }
    }
    return false
  }
}
