/// JSON strings (RFC 8259 §7) that are safe to show: controls, bidi controls and other dangerous characters are escaped.
enum JSONText {
  /// Appends octets as a JSON string; octets that are no UTF-8 become U+FFFD.
  static func append(_ octets: Span<UInt8>, to output: inout [UInt8]) {
    output.append(Octet.quote)
    var index = 0
    while true {
      let end = endOfPlain(octets, index)
      output.append(octets, index..<end)
      guard end < octets.count else { break }
      index = end
      let octet = octets[index]
      if octet >= 0x80 {
        index += appendScalar(octets, index, to: &output)
        continue
      }
      if Octet.isControl(octet) {
        appendEscape(UInt16(octet), to: &output)
      } else {
        output.append(Octet.backslash)
        output.append(octet)
      }
      index += 1
    }
    output.append(Octet.quote)
  }

  /// Whether octets stand in a JSON string as they are.
  static func isPlain(_ octets: Span<UInt8>) -> Bool { endOfPlain(octets, 0) == octets.count }

  /// The first octet from `start` on that cannot stand in a JSON string as it is or is not ASCII; the end when there is
  /// none. Eight octets are looked at together.
  private static func endOfPlain(_ octets: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < octets.count {
      let end = min(index + 8, octets.count)
      let word = OctetScan.word(octets, endingAt: end) &>> UInt64((index + 8 - end) * 8)
      let special = specials(word)
      if special != 0 { return min(index + special.trailingZeroBitCount / 8, end) }
      index = end
    }
    return octets.count
  }

  /// The highest bit of each of eight octets, up to the first that is special: a control, a quotation mark, a backslash
  /// or above 126. What is behind that one may be wrong.
  @inline(__always)
  private static func specials(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    let isControl = (word &- ones &* 0x20) & ~word
    let isNamed = zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | zeros(word ^ ones &* 0x7F)
    return (word | isControl | isNamed) & (ones &* 0x80)
  }

  private static func appendScalar(_ octets: Span<UInt8>, _ index: Int, to output: inout [UInt8]) -> Int {
    let (scalar, length) = UTF8Scalar.decode(octets, at: index)
    if length == 0 {
      appendEscape(0xFFFD, to: &output)
    } else if !UnicodeSafety.isUnsafe(scalar) {
      output.append(octets, index..<index + length)
    } else if scalar < 0x10000 {
      appendEscape(UInt16(scalar), to: &output)
    } else {
      appendEscape(UInt16(0xD800 + (scalar - 0x10000) >> 10), to: &output)
      appendEscape(UInt16(0xDC00 + (scalar - 0x10000) & 0x3FF), to: &output)
    }
    return max(length, 1)
  }

  private static func appendEscape(_ unit: UInt16, to output: inout [UInt8]) {
    output.append(literal: "\\u")
    for shift in [12, 8, 4, 0] as [UInt16] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
      output.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  /// Text known when the program is built, escaped but without quotation marks around it.
  static func escaped(_ text: some Sequence<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    for octet in text {
      if octet == Octet.quote || octet == Octet.backslash { output.append(Octet.backslash) }
      output.append(octet)
    }
    return output
  }
}
