/// A host that takes mail for a domain (RFC 5321 §5.1).
package struct DNSMailExchange: Sendable, Equatable {
  /// Its preference; the lowest is tried first.
  package let preference: UInt16
  /// Its name without the last dot, octets beyond letters, digits, `-` and `_` as `\DDD`; empty for the root.
  package let host: String

  /// An exchange.
  package init(preference: UInt16, host: String) {
    self.preference = preference
    self.host = host
  }
}

/// What is read of a DNS message (RFC 1035 §4): its answers that have to do with where mail goes.
struct DNSMessage: Equatable {
  /// The types of records that are asked for.
  enum RecordType: UInt16 {
    case a = 1
    case mx = 15
    case aaaa = 28
  }

  /// The exchanges among the answers, the preferred first.
  private(set) var exchanges: [DNSMailExchange] = []
  /// Whether an A or AAAA record is among the answers.
  private(set) var hasAddress = false

  private static let headerLength = 12
  private static let answerLimit = 512

  /// Reads a message; nil where it is cut off or malformed.
  init?(_ octets: [UInt8]) {
    guard octets.count >= Self.headerLength else { return nil }
    var offset = Self.headerLength
    for _ in 0..<Self.number(octets, 4) {
      guard let end = Self.endOfName(octets, offset), end + 4 <= octets.count else { return nil }
      offset = end + 4
    }
    let answers = Self.number(octets, 6)
    guard answers <= Self.answerLimit else { return nil }
    for _ in 0..<answers {
      guard let end = readRecord(octets, offset) else { return nil }
      offset = end
    }
    exchanges.sort { ($0.preference, $0.host) < ($1.preference, $1.host) }
  }

  private mutating func readRecord(_ octets: [UInt8], _ start: Int) -> Int? {
    guard let name = Self.endOfName(octets, start), name + 10 <= octets.count else { return nil }
    let data = name + 10
    let length = Self.number(octets, name + 8)
    guard data + length <= octets.count else { return nil }
    switch RecordType(rawValue: UInt16(Self.number(octets, name))) {
    case .a, .aaaa: hasAddress = true
    case .mx:
      guard length >= 3, let host = Self.name(octets, data + 2) else { return nil }
      exchanges.append(DNSMailExchange(preference: UInt16(Self.number(octets, data)), host: host))
    case nil: break
    }
    return data + length
  }

  private static func number(_ octets: [UInt8], _ offset: Int) -> Int {
    Int(octets[offset]) << 8 | Int(octets[offset + 1])
  }

  /// Where a name ends that may end in a pointer (RFC 1035 §4.1.4).
  private static func endOfName(_ octets: [UInt8], _ start: Int) -> Int? {
    var offset = start
    while offset < octets.count {
      switch octets[offset] {
      case 0: return offset + 1
      case 0xC0...: return offset + 2 <= octets.count ? offset + 2 : nil
      case 1..<0x40: offset += Int(octets[offset]) + 1
      default: return nil
      }
    }
    return nil
  }

  /// A name as text. Each pointer has to point before the last, so that there is an end.
  private static func name(_ octets: [UInt8], _ start: Int) -> String? {
    var labels: [String] = []
    var offset = start
    var bound = start
    while offset < octets.count, labels.count <= 127 {
      let length = Int(octets[offset])
      if length == 0 { return labels.joined(separator: ".") }
      if length >= 0xC0 {
        guard offset + 1 < octets.count else { return nil }
        offset = (length & 0x3F) << 8 | Int(octets[offset + 1])
        guard offset < bound else { return nil }
        bound = offset
        continue
      }
      guard length < 0x40, offset + length < octets.count else { return nil }
      labels.append(octets[(offset + 1)...(offset + length)].map(text).joined())
      offset += length + 1
    }
    return nil
  }

  private static func text(_ octet: UInt8) -> String {
    switch octet {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: return String(Unicode.Scalar(octet))
    default:
      let digits = String(octet)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
  }
}
