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

  /// The eight groups of an address without fault; nil when it has one that matters.
  static func value(_ octets: Span<UInt8>, _ text: Range<Int>) -> [UInt16]? {
    var head: [UInt16] = []
    var tail: [UInt16] = []
    var isCompressed = false
    var group: UInt16 = 0
    var digits = 0
    var index = text.lowerBound
    func close() {
      guard digits > 0 else { return }
      if isCompressed { tail.append(group) } else { head.append(group) }
    }
    while index < text.upperBound {
      let octet = octets[index]
      if octet == Octet.dot { return value(octets, text, head, tail, isCompressed, index - digits) }
      if octet == Octet.colon {
        close()
        (group, digits) = (0, 0)
        if index > text.lowerBound, octets[index - 1] == Octet.colon { isCompressed = true }
      } else {
        group = group << 4 | hexValue(octet)
        digits += 1
      }
      index += 1
    }
    close()
    return joined(head, tail, isCompressed)
  }

  /// The groups of an address whose last part is IPv4 and starts at `start`.
  private static func value(
    _ octets: Span<UInt8>, _ text: Range<Int>, _ head: [UInt16], _ tail: [UInt16], _ isCompressed: Bool, _ start: Int
  ) -> [UInt16]? {
    guard IPv4Text.fault(octets, start..<text.upperBound) == nil else { return nil }
    var numbers: [UInt16] = [0]
    for index in start..<text.upperBound {
      if octets[index] == Octet.dot {
        numbers.append(0)
      } else {
        numbers[numbers.count - 1] = numbers[numbers.count - 1] &* 10 &+ UInt16(octets[index] &- 48)
      }
    }
    let last = [numbers[0] << 8 | numbers[1], numbers[2] << 8 | numbers[3]]
    return isCompressed ? joined(head, tail + last, true) : joined(head + last, [], false)
  }

  private static func joined(_ head: [UInt16], _ tail: [UInt16], _ isCompressed: Bool) -> [UInt16]? {
    let missing = 8 - head.count - tail.count
    guard missing >= 0, isCompressed || missing == 0 else { return nil }
    return head + [UInt16](repeating: 0, count: missing) + tail
  }

  private static func hexValue(_ octet: UInt8) -> UInt16 {
    UInt16(Octet.isDigit(octet) ? octet - 48 : Octet.lowered(octet) &- 87)
  }

  /// The form of RFC 5952, with the last two groups as IPv4 where the text had it so (§5). "::" stands for two
  /// groups at least, as RFC 5952 §4.2.2 and RFC 5321 both ask.
  static func canonical(_ groups: [UInt16], mixed: Bool) -> [UInt8] {
    let count = mixed ? 6 : 8
    let gap = longestZeros(groups, count)
    var text: [UInt8] = []
    var index = 0
    while index < count {
      if let gap, gap.lowerBound == index {
        text += [Octet.colon, Octet.colon]
        index = gap.upperBound
        continue
      }
      if let last = text.last, last != Octet.colon { text.append(Octet.colon) }
      text += Array(String(groups[index], radix: 16).utf8)
      index += 1
    }
    guard mixed else { return text }
    if let last = text.last, last != Octet.colon { text.append(Octet.colon) }
    let numbers = [groups[6] >> 8, groups[6] & 255, groups[7] >> 8, groups[7] & 255]
    return text + Array(numbers.map { String($0) }.joined(separator: ".").utf8)
  }

  /// The first of the longest runs of two or more zero groups.
  private static func longestZeros(_ groups: [UInt16], _ count: Int) -> Range<Int>? {
    var best: Range<Int>?
    var start = 0
    for index in 0...count {
      if index < count && groups[index] == 0 { continue }
      if index - start >= 2 && index - start > (best?.count ?? 1) { best = start..<index }
      start = index + 1
    }
    return best
  }
}
