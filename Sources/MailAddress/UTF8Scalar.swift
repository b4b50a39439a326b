/// Reads one scalar of UTF-8 text (RFC 3629 §4).
enum UTF8Scalar {
  /// The scalar whose first octet is at `index`, and how many octets it has; a length of 0 when the octets are not
  /// well-formed.
  static func decode(_ octets: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(octets[index])
    if first < 0x80 { return (first, 1) }
    let rest = octets.count - index
    // What follows the first octet has the bits 10 in front; without them six bits are left, with others more.
    let second = rest > 1 ? UInt32(octets[index + 1] ^ 0x80) : 0xFF
    if first < 0xE0 { return first >= 0xC2 && second < 0x40 ? ((first & 0x1F) << 6 | second, 2) : (first, 0) }
    let third = rest > 2 ? UInt32(octets[index + 2] ^ 0x80) : 0xFF
    guard second | third < 0x40 else { return (first, 0) }
    if first < 0xF0 {
      let scalar = (first & 0xF) << 12 | second << 6 | third
      return scalar >= 0x800 && scalar >> 11 != 0x1B ? (scalar, 3) : (first, 0)
    }
    let fourth = rest > 3 ? UInt32(octets[index + 3] ^ 0x80) : 0xFF
    let scalar = (first & 7) << 18 | second << 12 | third << 6 | fourth
    return first < 0xF5 && fourth < 0x40 && scalar >= 0x10000 && scalar <= 0x10FFFF ? (scalar, 4) : (first, 0)
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
