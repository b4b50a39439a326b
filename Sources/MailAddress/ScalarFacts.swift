/// What a walk over text beyond ASCII asks of each scalar: one bit for each fact. For the scalars of most scripts the
/// answers are worked out once, because the properties they come from are slow to look up.
enum ScalarFacts {
  /// Not to be shown as it is: `UnicodeSafety`.
  static let unsafe: UInt8 = 1
  /// Combines with nothing before it and stands in normalization form C.
  static let starter: UInt8 = 2
  /// May stand in a U-label whatever is beside it.
  static let valid: UInt8 = 4
  /// Right-to-left by itself, so that the Bidi rule applies.
  static let rightToLeft: UInt8 = 8

  /// A mark, which combines with what stands before it: no label starts with one.
  static let mark: UInt8 = 16

  /// The scalars of most scripts, of compatibility and presentation forms, and of emoji and other symbols.
  private static let ranges: [Range<UInt32>] = [0..<0x3400, 0xF900..<0x10000, 0x1F000..<0x20000]
  /// The facts about the scalars of these ranges, one range behind the other.
  static let table: [UInt8] = ranges.joined().map(derived)

  /// The facts about a scalar. Who asks for many fetches the table once.
  @inline(__always)
  static func of(_ scalar: UInt32, in table: [UInt8] = table) -> UInt8 {
    switch scalar {
    case ..<0x3400: table[Int(scalar)]
    // Han and Hangul.
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3: starter | valid
    case 0xF900..<0x10000: table[Int(scalar) - 0xF900 + 0x3400]
    case 0x1F000..<0x20000: table[Int(scalar) - 0x1F000 + 0x3400 + 0x700]
    default: derived(scalar)
    }
  }

  private static func derived(_ scalar: UInt32) -> UInt8 {
    var facts = UnicodeSafety.isUnsafe(scalar) ? unsafe : 0
    if UnicodeSafety.isPlainStarter(scalar) { facts |= starter }
    if IDNAProperty(of: scalar) == .valid { facts |= valid }
    if BidiRule.isRightToLeft(scalar) { facts |= rightToLeft }
    if facts & starter == 0 && isMark(scalar) { facts |= mark }
    return facts
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
