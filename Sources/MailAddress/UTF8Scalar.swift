/// Reads one scalar of UTF-8 text (RFC 3629 §4).
enum UTF8Scalar {
  /// The scalar whose first octet is at `index`, and how many octets it has; a length of 0 when the octets are not
  /// well-formed.
  static func decode(_ octets: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let first = octets[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard first >= 0xC2, first <= 0xF4, index + length <= octets.count else { return (UInt32(first), 0) }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for next in index + 1..<index + length {
      guard octets[next] & 0xC0 == 0x80 else { return (UInt32(first), 0) }
      scalar = scalar << 6 | UInt32(octets[next] & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    let isSurrogate = scalar >= 0xD800 && scalar < 0xE000
    return scalar < least || scalar > 0x10FFFF || isSurrogate ? (UInt32(first), 0) : (scalar, length)
  }

  /// Appends a scalar as UTF-8.
  static func append(_ scalar: UInt32, to octets: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    octets.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// The scalars of well-formed text.
  static func scalars(_ octets: Span<UInt8>, _ range: Range<Int>) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, length) = decode(octets, at: index)
      scalars.append(scalar)
      index += max(length, 1)
    }
    return scalars
  }

  /// The offset of the first octet that is not well-formed, or nil.
  static func firstMalformed(_ octets: Span<UInt8>) -> Int? {
    var index = 0
    while index < octets.count {
      if octets[index] < 0x80 {
        index += 1
        continue
      }
      let length = decode(octets, at: index).length
      if length == 0 { return index }
      index += length
    }
    return nil
  }
}
