import SMTPWire

/// Reads JSON octet by octet.
struct JSONParser {
  private let octets: [UInt8]
  private var index = 0
  private var depth = 0

  init(_ octets: [UInt8]) { self.octets = octets }

  mutating func document() -> JSONValue? {
    guard let value = value() else { return nil }
    skipBlanks()
    return index == octets.count ? value : nil
  }

  private var next: UInt8? { index < octets.count ? octets[index] : nil }

  private mutating func skipBlanks() {
    while let octet = next, [0x20, 0x09, 0x0A, 0x0D].contains(octet) { index += 1 }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let wanted = text.withUTF8Buffer { Array($0) }
    guard octets[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func value() -> JSONValue? {
    guard depth < 32 else { return nil }
    depth += 1
    defer { depth -= 1 }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func number() -> JSONValue? {
    let text = octets[index...].prefix { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    guard text.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
    index += text.count
    return .number(String(decoding: text, as: UTF8.self))
  }

  private mutating func array() -> JSONValue? {
    index += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array(values) }
    while let value = value() {
      values.append(value)
      skipBlanks()
      if take("]") { return .array(values) }
      guard take(",") else { return nil }
    }
    return nil
  }

  private mutating func object() -> JSONValue? {
    index += 1
    var members: [JSONValue.Member] = []
    skipBlanks()
    if take("}") { return .object(members) }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\""), let name = string() else { return nil }
      skipBlanks()
      guard take(":"), let value = value() else { return nil }
      members.append(JSONValue.Member(name: name, value: value))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  private mutating func string() -> String? {
    index += 1
    var units: [UInt8] = []
    while let octet = next {
      index += 1
      switch octet {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        units += Array(String(scalar).utf8)
      case 0..<0x20: return nil
      default: units.append(octet)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let octet = next else { return nil }
    index += 1
    switch octet {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicodeEscape()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(octet)
    default: return nil
    }
  }

  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = fourDigits() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    guard take("\\u"), let second = fourDigits(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00)
  }

  private mutating func fourDigits() -> UInt32? {
    let digits = octets[index...].prefix(4)
    let values = digits.compactMap(\.hexadecimalValue)
    guard values.count == 4 else { return nil }
    index += 4
    return values.reduce(0) { $0 << 4 | UInt32($1) }
  }
}
