/// JSON strings (RFC 8259 §7) that are safe to show: controls, bidi controls and other dangerous characters are escaped.
enum JSONText {
  /// Appends octets as a JSON string; octets that are no UTF-8 become U+FFFD.
  static func append(_ octets: Span<UInt8>, to output: inout [UInt8]) {
    output.append(Octet.quote)
    var index = 0
    while index < octets.count {
      var end = index
      while end < octets.count, isPlain(octets[end]) { end += 1 }
      if end > index {
        output.append(octets, index..<end)
        index = end
        continue
      }
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

  @inline(__always)
  private static func isPlain(_ octet: UInt8) -> Bool {
    octet >= 0x20 && octet < 0x7F && octet != Octet.quote && octet != Octet.backslash
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
