/// The eight groups of a well-formed IPv6 address and how they were written.
struct IPv6Groups {
  private(set) var values = SIMD8<UInt16>()
  /// Which groups "::" stood for.
  private(set) var compressed = 0..<0
  /// Whether the last two groups were written as IPv4.
  private(set) var isMixed = false
  /// Whether no group had capitals or a leading zero.
  private(set) var isPlainlyWritten = true
  private var count = 0

  /// Reads an address that has no fault.
  init(_ octets: Span<UInt8>, _ text: Range<Int>) {
    var group: UInt16 = 0
    var digits = 0
    for index in text {
      let octet = octets[index]
      if octet == Octet.dot {
        readIPv4(octets, index - digits..<text.upperBound)
        digits = 0
        break
      }
      if octet == Octet.colon {
        if digits > 0 { append(group) }
        if index > text.lowerBound, octets[index - 1] == Octet.colon { compressed = count..<8 }
        (group, digits) = (0, 0)
      } else {
        if octet == 0x30 && digits == 0 && index + 1 < text.upperBound && Octet.isHexDigit(octets[index + 1])
          || octet < 0x61 && octet > 0x39
        {
          isPlainlyWritten = false
        }
        group = group << 4 | UInt16(Octet.isDigit(octet) ? octet - 48 : Octet.lowered(octet) &- 87)
        digits += 1
      }
    }
    if digits > 0 { append(group) }
    spread()
  }

  private mutating func append(_ group: UInt16) {
    guard count < 8 else { return }
    values[count] = group
    count += 1
  }

  private mutating func readIPv4(_ octets: Span<UInt8>, _ part: Range<Int>) {
    isMixed = true
    var number: UInt16 = 0
    var numbers = SIMD4<UInt16>()
    var place = 0
    for index in part {
      if octets[index] == Octet.dot {
        place += 1
        number = 0
      } else {
        number = number &* 10 &+ UInt16(octets[index] &- 48)
        numbers[min(place, 3)] = number
      }
    }
    append(numbers[0] << 8 | numbers[1])
    append(numbers[2] << 8 | numbers[3])
  }

  /// Moves the groups behind "::" to the end.
  private mutating func spread() {
    guard !compressed.isEmpty || count < 8 else { return }
    let first = min(compressed.lowerBound, count)
    let behind = count - first
    let missing = 8 - count
    for step in 0..<behind {
      values[7 - step] = values[count - 1 - step]
    }
    for index in first..<first + missing { values[index] = 0 }
    compressed = first..<first + missing
  }

  /// Whether the text is the one that RFC 5952 §4 asks for; the last two groups may be IPv4 (§5).
  var isCanonical: Bool { isPlainlyWritten && compressed == longestZeros }

  /// The first of the longest runs of two or more zero groups, empty when there is none.
  private var longestZeros: Range<Int> {
    let end = isMixed ? 6 : 8
    var best = 0..<0
    var start = 0
    for index in 0...end {
      if index < end && values[index] == 0 { continue }
      if index - start >= 2 && index - start > best.count { best = start..<index }
      start = index + 1
    }
    return best
  }

  /// The form of RFC 5952.
  var canonicalText: [UInt8] {
    let gap = longestZeros
    var text: [UInt8] = []
    var index = 0
    while index < (isMixed ? 6 : 8) {
      if index == gap.lowerBound && !gap.isEmpty {
        text += [Octet.colon, Octet.colon]
        index = gap.upperBound
        continue
      }
      if let last = text.last, last != Octet.colon { text.append(Octet.colon) }
      text += Array(String(values[index], radix: 16).utf8)
      index += 1
    }
    guard isMixed else { return text }
    if let last = text.last, last != Octet.colon { text.append(Octet.colon) }
    let numbers = [values[6] >> 8, values[6] & 255, values[7] >> 8, values[7] & 255]
    return text + Array(numbers.map { String($0) }.joined(separator: ".").utf8)
  }
}
