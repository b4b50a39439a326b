import SMTPWire

/// One of NTLM's three messages, taken apart (MS-NLMP §2.2.1).
package struct NTLMMessage: Hashable, Sendable {
  /// The three kinds, with their numbers.
  package enum Kind: UInt32, Sendable {
    case negotiate = 1
    case challenge = 2
    case authenticate = 3
  }

  /// One fact about the server out of a challenge.
  package struct Pair: Hashable, Sendable {
    /// What it is, such as `MsvAvNbDomainName` (2).
    package let identifier: UInt16
    /// The octets of the field.
    package let value: [UInt8]

    /// The name of what it is.
    package var name: String {
      switch identifier {
      case 1: "computer"
      case 2: "domain"
      case 3: "dns-computer"
      case 4: "dns-domain"
      case 5: "dns-forest"
      case 6: "flags"
      case 7: "time"
      case 8: "single-host"
      case 9: "target"
      case 10: "channel-binding"
      default: "item-\(identifier)"
      }
    }

    /// The value as text where it is one.
    package var text: String? {
      (1...5).contains(identifier) || identifier == 9 ? NTLMMessage.wide(value) : nil
    }
  }

  /// Which of the three messages it is.
  package let kind: Kind
  /// The negotiated flags (MS-NLMP §2.2.2.5).
  package let flags: UInt32
  private let octets: [UInt8]

  /// Reads a message; nil when it is none of NTLM's or too short for its kind. Fields that point outside are empty.
  package init?(_ octets: [UInt8]) {
    guard octets.starts(with: Self.signature), octets.count >= 16, let kind = Kind(rawValue: Self.number(octets, 8))
    else { return nil }
    let least = [Kind.negotiate: 16, .challenge: 32, .authenticate: 52][kind] ?? 16
    guard octets.count >= least else { return nil }
    self.kind = kind
    self.octets = octets
    let place = [Kind.negotiate: 12, .challenge: 20, .authenticate: 60][kind] ?? 12
    flags = octets.count >= place + 4 ? Self.number(octets, place) : 0
  }

  /// Whether text is in UTF-16.
  var isWide: Bool { flags & 1 != 0 }

  /// Whose domain or workstation it is.
  package var domain: String {
    text(at: kind == .authenticate ? 28 : kind == .challenge ? 12 : 16, isWide: kind == .negotiate ? false : isWide)
  }
  /// Who logs in; empty but in the third message.
  package var user: String { kind == .authenticate ? text(at: 36, isWide: isWide) : "" }
  /// From where; empty in the second message.
  package var workstation: String {
    switch kind {
    case .negotiate: text(at: 24, isWide: false)
    case .challenge: ""
    case .authenticate: text(at: 44, isWide: isWide)
    }
  }
  /// The server's challenge of eight octets; empty but in the second message.
  package var serverChallenge: [UInt8] { kind == .challenge ? Array(octets[24..<32]) : [] }
  /// The facts about the server as they came; empty but in the second message.
  package var targetInfo: [UInt8] { kind == .challenge ? field(at: 40) : [] }
  /// The response by the old key; empty but in the third message.
  package var lmResponse: [UInt8] { kind == .authenticate ? field(at: 12) : [] }
  /// The response; empty but in the third message.
  package var ntResponse: [UInt8] { kind == .authenticate ? field(at: 20) : [] }
  /// The version of the operating system, as in `10.0.17763`; nil where none is told.
  package var version: String? {
    let place = [Kind.negotiate: 32, .challenge: 48, .authenticate: 64][kind] ?? 32
    guard flags & 0x0200_0000 != 0, octets.count >= place + 8 else { return nil }
    return "\(octets[place]).\(octets[place + 1]).\(UInt16(octets[place + 2]) | UInt16(octets[place + 3]) << 8)"
  }

  /// The facts about the server, one by one, up to 32.
  package var pairs: [Pair] {
    var rest = targetInfo[...]
    var pairs: [Pair] = []
    while rest.count >= 4, pairs.count < 32 {
      let head = Array(rest.prefix(4))
      let (identifier, length) = (UInt16(head[0]) | UInt16(head[1]) << 8, Int(head[2]) | Int(head[3]) << 8)
      rest = rest.dropFirst(4)
      guard identifier != 0, rest.count >= length else { break }
      pairs.append(Pair(identifier: identifier, value: Array(rest.prefix(length))))
      rest = rest.dropFirst(length)
    }
    return pairs
  }

  /// The names of the flags that are set and that say something to people.
  package var flagNames: [String] {
    let names: [(UInt32, String)] = [
      (0x1, "unicode"), (0x2, "oem"), (0x4, "request-target"), (0x10, "sign"), (0x20, "seal"), (0x200, "ntlm"),
      (0x800, "anonymous"), (0x8000, "always-sign"), (0x1_0000, "target-is-domain"), (0x2_0000, "target-is-server"),
      (0x8_0000, "extended-session-security"), (0x80_0000, "target-info"), (0x200_0000, "version"),
      (0x2000_0000, "128-bit"), (0x4000_0000, "key-exchange"), (0x8000_0000, "56-bit"),
    ]
    return names.filter { flags & $0.0 != 0 }.map(\.1)
  }

  private func field(at place: Int) -> [UInt8] {
    guard octets.count >= place + 8 else { return [] }
    let length = Int(octets[place]) | Int(octets[place + 1]) << 8
    let offset = Int(Self.number(octets, place + 4))
    guard offset <= octets.count, length <= octets.count - offset else { return [] }
    return Array(octets[offset..<offset + length])
  }

  private func text(at place: Int, isWide: Bool) -> String {
    isWide ? Self.wide(field(at: place)) : String(decoding: field(at: place), as: UTF8.self)
  }
}

extension NTLMMessage {
  static let signature = Array("NTLMSSP\0".utf8)

  static func number(_ octets: [UInt8], _ place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(octets[place + $1]) << (8 * UInt32($1)) }
  }

  static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The text that octets in UTF-16, low octet first, stand for; an odd one at the end is left out.
  static func wide(_ octets: [UInt8]) -> String {
    let units = stride(from: 0, to: octets.count - 1, by: 2).map { UInt16(octets[$0]) | UInt16(octets[$0 + 1]) << 8 }
    return String(decoding: units, as: UTF16.self)
  }

  /// A text in UTF-16, low octet first.
  static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { littleEndian($0) } }
}
