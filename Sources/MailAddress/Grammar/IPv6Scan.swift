/// The walk over the groups of an IPv6 address that looks for what is wrong with it.
struct IPv6Scan {
  let text: Range<Int>
  private var groups = 0
  private var digits = 0
  private var compression: Int?
  private var longGroup: Int?
  private var tail: Int?
  private var tailIsLast = true

  init(text: Range<Int>) { self.text = text }

  /// The first octet that is no hexadecimal digit, colon or dot.
  func firstForeign(_ octets: Span<UInt8>) -> AddressLiteral.Fault? {
    for index in text where OctetClass.of(octets[index]) & OctetClass.address == 0 {
      let rule: AddressRule = octets[index] == 0x25 ? .literalIpv6Zone : .literalIpv6Char
      return AddressLiteral.Fault(rule: rule, start: index, end: index + 1)
    }
    return nil
  }

  /// Reads the groups and says what is wrong with their number or shape.
  mutating func walk(_ octets: Span<UInt8>) -> AddressLiteral.Fault? {
    var index = text.lowerBound
    while index < text.upperBound {
      if octets[index] == Octet.colon {
        if let fault = readColon(octets, index) { return fault }
        digits = 0
      } else if octets[index] == Octet.dot {
        return judgeTail(octets, index - digits)
      } else {
        digits += 1
        if digits == 1 { groups += 1 }
        if digits == 5 && longGroup == nil { longGroup = index }
      }
      index += 1
    }
    return judge(groups)
  }

  private mutating func readColon(_ octets: Span<UInt8>, _ index: Int) -> AddressLiteral.Fault? {
    guard index > text.lowerBound, octets[index - 1] == Octet.colon else { return nil }
    if let compression {
      // The third colon of ":::" is one too many; elsewhere it is the whole second "::".
      let start = compression == index - 2 ? index : index - 1
      return AddressLiteral.Fault(rule: .literalIpv6MultiCompress, start: start, end: index + 1)
    }
    compression = index - 1
    return nil
  }

  /// Judges an address whose last part has dots and starts at `start`.
  private mutating func judgeTail(_ octets: Span<UInt8>, _ start: Int) -> AddressLiteral.Fault? {
    if digits > 0 { groups -= 1 }
    let part = start..<text.upperBound
    guard IPv4Text.isDigitsAndDots(octets, part), IPv4Text.fault(octets, part) == nil else {
      return AddressLiteral.Fault(rule: .literalIpv6V4Tail, start: start, end: text.upperBound)
    }
    guard groups > 0 || compression != nil else {
      return AddressLiteral.Fault(rule: .literalIpv6V4Tail, start: start, end: text.upperBound)
    }
    return judge(groups + 2)
  }

  private func judge(_ count: Int) -> AddressLiteral.Fault? {
    if let longGroup {
      return AddressLiteral.Fault(rule: .literalIpv6GroupLong, start: longGroup, end: longGroup + 1)
    }
    let wrongCount = AddressLiteral.Fault(rule: .literalIpv6GroupCount, start: text.lowerBound, end: text.upperBound)
    guard let compression else { return count == 8 ? nil : wrongCount }
    if count == 7 {
      return AddressLiteral.Fault(rule: .literalIpv6CompressOne, start: compression, end: compression + 2)
    }
    return count <= 6 ? nil : wrongCount
  }
}
