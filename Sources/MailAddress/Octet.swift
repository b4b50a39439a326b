/// Octets by name.
enum Octet {
  static let tab: UInt8 = 9
  static let lineFeed: UInt8 = 10
  static let carriageReturn: UInt8 = 13
  static let space: UInt8 = 32
  static let quote: UInt8 = 34
  static let openParenthesis: UInt8 = 40
  static let closeParenthesis: UInt8 = 41
  static let comma: UInt8 = 44
  static let hyphen: UInt8 = 45
  static let dot: UInt8 = 46
  static let colon: UInt8 = 58
  static let semicolon: UInt8 = 59
  static let less: UInt8 = 60
  static let equals: UInt8 = 61
  static let greater: UInt8 = 62
  static let at: UInt8 = 64
  static let openBracket: UInt8 = 91
  static let backslash: UInt8 = 92
  static let closeBracket: UInt8 = 93
  static let underscore: UInt8 = 95
  static let delete: UInt8 = 127

  @inline(__always)
  static func isBlank(_ octet: UInt8) -> Bool { octet == space || octet == tab }

  @inline(__always)
  static func isControl(_ octet: UInt8) -> Bool { octet < 32 || octet == delete }

  @inline(__always)
  static func isDigit(_ octet: UInt8) -> Bool { octet &- 48 < 10 }

  @inline(__always)
  static func lowered(_ octet: UInt8) -> UInt8 { octet &- 65 < 26 ? octet | 0x20 : octet }

  @inline(__always)
  static func isHexDigit(_ octet: UInt8) -> Bool { isDigit(octet) || lowered(octet) &- 97 < 6 }
}
