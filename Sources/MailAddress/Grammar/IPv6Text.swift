/// An IPv6 address in text: RFC 5321 §4.1.3, which wants "::" to stand for two groups at least.
enum IPv6Text {
  /// Why the text is no IPv6 address, or nil.
  static func fault(_ octets: Span<UInt8>, _ text: Range<Int>) -> AddressLiteral.Fault? {
    var scan = IPv6Scan(text: text)
    if let bad = scan.firstForeign(octets) { return bad }
    if let colon = edgeColon(octets, text) {
      return AddressLiteral.Fault(rule: .literalIpv6Colon, start: colon, end: colon + 1)
    }
    return scan.walk(octets)
  }

  /// The place of a single colon at either end.
  private static func edgeColon(_ octets: Span<UInt8>, _ text: Range<Int>) -> Int? {
    let (start, end) = (text.lowerBound, text.upperBound)
    guard text.count >= 1 else { return nil }
    if octets[start] == Octet.colon, text.count == 1 || octets[start + 1] != Octet.colon { return start }
    if octets[end - 1] == Octet.colon, octets[end - 2] != Octet.colon { return end - 1 }
    return nil
  }

  static func hasDot(_ octets: Span<UInt8>, _ text: Range<Int>) -> Bool {
    for index in text where octets[index] == Octet.dot { return true }
    return false
  }
}
