import SMTPWire

/// Unicode's normalization form KC (UAX #15), which SASLprep asks for (RFC 4013 §2.2).
enum CompatibilityNormalizer {
  /// The scalars in form KC.
  static func normalized(_ scalars: [UInt32]) -> [UInt32] {
    if scalars.allSatisfy({ $0 < 0x80 }) { return scalars }
    var result: [UInt32] = []
    for scalar in scalars { decompose(scalar, into: &result) }
    order(&result)
    return composed(result)
  }

  private struct Mappings: Sendable {
    var decompositions: [UInt32: [UInt32]] = [:]
    /// Pairs, the first scalar in the high half.
    var compositions: [UInt64: UInt32] = [:]
  }

  private static let mappings = read()

  /// Unpacks the table; its form stands in the script that writes it.
  private static func read() -> Mappings {
    let text = compatibilityNormalizationTable.withUTF8Buffer { Array($0) }
    var octets = ((try? Base64.decode(text)) ?? [])[...]
    var mappings = Mappings()
    var point: UInt32 = 0
    var last: UInt32 = 0
    while !octets.isEmpty {
      point &+= number(&octets)
      let head = number(&octets)
      var scalars: [UInt32] = []
      for _ in 0..<(head >> 1) {
        let zigzag = number(&octets)
        last = last &+ (zigzag >> 1 ^ (0 &- (zigzag & 1)))
        scalars.append(last)
      }
      mappings.decompositions[point] = scalars
      if head & 1 == 1, scalars.count == 2 { mappings.compositions[pair(scalars[0], scalars[1])] = point }
      last = scalars.first ?? last
    }
    return mappings
  }

  private static func number(_ octets: inout ArraySlice<UInt8>) -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while let octet = octets.popFirst() {
      value |= UInt32(octet & 0x7F) << shift
      if octet < 0x80 { break }
      shift += 7
    }
    return value
  }

  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  private static func decompose(_ scalar: UInt32, into result: inout [UInt32]) {
    if (0xAC00..<0xAC00 + 11_172).contains(scalar) {
      // Hangul by arithmetic (The Unicode Standard §3.12): 21 vowels, 28 finals counting none.
      let index = scalar - 0xAC00
      result += [0x1100 + index / 588, 0x1161 + index % 588 / 28]
      if index % 28 > 0 { result.append(0x11A7 + index % 28) }
      return
    }
    guard scalar >= 0x80, let mapped = mappings.decompositions[scalar] else { return result.append(scalar) }
    for each in mapped { decompose(each, into: &result) }
  }

  private static func combiningClass(_ scalar: UInt32) -> UInt8 {
    Unicode.Scalar(scalar)?.properties.canonicalCombiningClass.rawValue ?? 0
  }

  /// Puts the marks behind each starter into the order of their classes, those of one class staying as they are.
  private static func order(_ scalars: inout [UInt32]) {
    let classes = scalars.map(combiningClass)
    var start = 0
    while start < scalars.count {
      guard classes[start] != 0 else {
        start += 1
        continue
      }
      let end = classes[start...].firstIndex(of: 0) ?? scalars.count
      let marks = (start..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }.map { scalars[$0] }
      scalars.replaceSubrange(start..<end, with: marks)
      start = end
    }
  }

  private static func composed(_ scalars: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for scalar in scalars {
      let kind = combiningClass(scalar)
      // A mark is blocked by one of its own class or a higher one between it and the starter.
      let isBlocked = starter.map { $0 + 1 < result.count && lastClass >= kind } ?? true
      if let place = starter, !isBlocked, let composite = composite(result[place], scalar) {
        result[place] = composite
        continue
      }
      if kind == 0 { starter = result.count }
      lastClass = kind
      result.append(scalar)
    }
    return result
  }

  private static func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (0x1100..<0x1113).contains(first), (0x1161..<0x1176).contains(second) {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if (0xAC00..<0xAC00 + 11_172).contains(first), (first - 0xAC00) % 28 == 0, (0x11A8..<0x11C3).contains(second) {
      return first + second - 0x11A7
    }
    return mappings.compositions[pair(first, second)]
  }
}
