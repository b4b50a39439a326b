/// Punycode (RFC 3492): scalars as letters, digits and hyphens.
enum Punycode {
  private static let base = 36
  private static let least = 1
  private static let most = 26
  /// No label that fits DNS has more scalars than this; longer input is only counted, not encoded in full.
  static let limit = 1024

  /// The encoding of a label without its "xn--"; nil for more than `limit` scalars.
  static func encode(_ scalars: [UInt32]) -> [UInt8]? {
    guard scalars.count <= limit else { return nil }
    var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = output.count
    if basic > 0 { output.append(Octet.hyphen) }
    var (next, delta, bias, handled) = (UInt32(0x80), 0, 72, basic)
    while handled < scalars.count {
      guard let smallest = scalars.lazy.filter({ $0 >= next }).min() else { return nil }
      delta += Int(smallest - next) * (handled + 1)
      next = smallest
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        append(delta, bias, to: &output)
        bias = adapt(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return output
  }

  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var rest = delta
    var position = base
    while true {
      let threshold = min(max(position - bias, least), most)
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      position += base
    }
    output.append(digit(rest))
  }

  /// The scalars of a lower-case encoding without its "xn--"; nil when it is none.
  static func decode(_ text: [UInt8]) -> [UInt32]? {
    guard text.count <= limit, text.allSatisfy({ $0 < 0x80 }) else { return nil }
    let delimiter = text.lastIndex(of: Octet.hyphen)
    var output = delimiter.map { text[..<$0].map { UInt32($0) } } ?? []
    var (scalar, place, bias) = (0x80, 0, 72)
    var index = delimiter.map { $0 + 1 } ?? 0
    while index < text.count {
      let before = place
      guard let delta = number(text, &index, bias) else { return nil }
      place += delta
      bias = adapt(place - before, output.count + 1, isFirst: before == 0)
      scalar += place / (output.count + 1)
      place %= output.count + 1
      guard scalar <= 0x10FFFF, !(0xD800..<0xE000).contains(scalar) else { return nil }
      output.insert(UInt32(scalar), at: place)
      place += 1
    }
    return output
  }

  /// Reads one generalized variable-length integer.
  private static func number(_ text: [UInt8], _ index: inout Int, _ bias: Int) -> Int? {
    var (sum, weight, position) = (0, 1, base)
    while index < text.count {
      guard let digit = value(text[index]) else { return nil }
      index += 1
      sum += digit * weight
      let threshold = min(max(position - bias, least), most)
      if digit < threshold { return sum }
      weight *= base - threshold
      position += base
      guard weight < 1 << 40, sum < 1 << 40 else { return nil }
    }
    return nil
  }

  private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var steps = 0
    while delta > (base - least) * most / 2 {
      delta /= base - least
      steps += base
    }
    return steps + (base - least + 1) * delta / (delta + 38)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 97 : value - 26 + 48) }

  private static func value(_ octet: UInt8) -> Int? {
    switch octet {
    case 97...122: Int(octet) - 97
    case 48...57: Int(octet) - 48 + 26
    default: nil
    }
  }
}
