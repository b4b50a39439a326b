/// Punycode (RFC 3492): scalars as letters, digits and hyphens.
enum Punycode {
  private static let base = 36
  private static let least = 1
  private static let most = 26
  /// No A-label has room for more scalars, so that the work for a label is bounded and the whole stays linear.
  static let limit = 63

  /// The encoding of a label without its "xn--"; nil for more than `limit` scalars.
  static func encode(_ scalars: [UInt32]) -> [UInt8]? {
    var sink = Sink(octets: [])
    return encode(scalars, to: &sink) ? sink.octets : nil
  }

  /// How many octets the encoding has.
  static func encodedLength(_ scalars: [UInt32]) -> Int? {
    var sink = Sink(octets: nil)
    return encode(scalars, to: &sink) ? sink.count : nil
  }

  /// What is written, or only how much.
  private struct Sink {
    var octets: [UInt8]?
    var count = 0

    init(octets: [UInt8]?) { self.octets = octets }

    mutating func append(_ octet: UInt8) {
      count += 1
      octets?.append(octet)
    }
  }

  private static func encode(_ scalars: [UInt32], to sink: inout Sink) -> Bool {
    guard scalars.count <= limit else { return false }
    for scalar in scalars where scalar < 0x80 { sink.append(UInt8(scalar)) }
    let basic = sink.count
    if basic > 0 { sink.append(Octet.hyphen) }
    var (next, delta, bias, handled) = (UInt32(0x80), 0, 72, basic)
    while handled < scalars.count {
      var smallest = UInt32.max
      for scalar in scalars where scalar >= next && scalar < smallest { smallest = scalar }
      delta += Int(smallest - next) * (handled + 1)
      next = smallest
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        append(delta, bias, to: &sink)
        bias = adapt(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return true
  }

  private static func append(_ delta: Int, _ bias: Int, to sink: inout Sink) {
    var rest = delta
    var position = base
    while true {
      let threshold = min(max(position - bias, least), most)
      if rest < threshold { break }
      sink.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      position += base
    }
    sink.append(digit(rest))
  }

  /// The scalars of a lower-case encoding without its "xn--"; nil when it is none.
  static func decode(_ text: [UInt8]) -> [UInt32]? {
    guard text.count <= 63, text.allSatisfy({ $0 < 0x80 }) else { return nil }
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
