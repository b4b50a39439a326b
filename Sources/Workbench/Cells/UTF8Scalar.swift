/// Strict UTF-8 (RFC 3629), one scalar at a time.
package enum UTF8Scalar {
  /// The scalar that begins at an index, and its length in octets; nil when no whole, shortest form stands there.
  package static func decode(_ octets: [UInt8], at index: Int) -> (Unicode.Scalar, length: Int)? {
    guard index < octets.count else { return nil }
    let first = octets[index]
    guard let length = length(leading: first), index + length <= octets.count else { return nil }
    if length == 1 { return (Unicode.Scalar(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for octet in octets[index + 1..<index + length] {
      guard octet & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(octet & 0x3F)
    }
    let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= shortest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// The number of octets that a leading octet announces, from 1 to 4; nil when it leads nothing.
  package static func length(leading octet: UInt8) -> Int? {
    switch octet {
    case 0x00...0x7F: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }
}
