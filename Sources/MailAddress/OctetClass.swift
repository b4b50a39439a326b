/// What an octet can be in an address: one bit for each class, from a table without branches, because most
/// of the time for an address is spent here.
enum OctetClass {
  /// `atext` of RFC 5322 §3.2.3.
  static let atext: UInt8 = 1
  /// The dot.
  static let dot: UInt8 = 2
  /// Letters, digits and the hyphen.
  static let ldh: UInt8 = 4
  /// The dot and the hyphen: of these, no two may stand side by side in a plain domain, none at its ends.
  static let edge: UInt8 = 8
  /// Letters.
  static let letter: UInt8 = 16
  /// What IP addresses are written with: hexadecimal digits, colons and dots.
  static let address: UInt8 = 32
  /// What a comment or white space starts with.
  static let gap: UInt8 = 64

  /// The classes of an octet.
  @inline(__always)
  static func of(_ octet: UInt8) -> UInt8 { table.utf8Start[Int(octet)] }

  /// Whether an octet is `atext`.
  @inline(__always)
  static func isAtext(_ octet: UInt8) -> Bool { of(octet) & atext != 0 }

  /// Whether an octet is a letter, digit or hyphen.
  @inline(__always)
  static func isLDH(_ octet: UInt8) -> Bool { of(octet) & ldh != 0 }

  /// 256 entries, one octet each, sixteen to a line.
  private static var table: StaticString {
    """
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{40}\u{40}\u{0}\u{0}\u{40}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{40}\u{1}\u{0}\u{1}\u{1}\u{1}\u{1}\u{1}\u{40}\u{0}\u{1}\u{1}\u{0}\u{D}\u{2A}\u{1}\
    \u{25}\u{25}\u{25}\u{25}\u{25}\u{25}\u{25}\u{25}\u{25}\u{25}\u{20}\u{0}\u{0}\u{1}\u{0}\u{1}\
    \u{0}\u{35}\u{35}\u{35}\u{35}\u{35}\u{35}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\
    \u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{0}\u{0}\u{0}\u{1}\u{1}\
    \u{1}\u{35}\u{35}\u{35}\u{35}\u{35}\u{35}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\
    \u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{15}\u{1}\u{1}\u{1}\u{1}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\
    \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\

    """
  }
}
