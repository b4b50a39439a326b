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

  /// Latin to Hebrew, asked for most: who asks for many fetches this table once.
  static let common: [UInt8] = (0..<0x600).map(derived)
  /// Arabic to kana and what stands between them.
  private static let scripts: [UInt8] = (0x600..<0x3400).map(derived)
  /// Compatibility and presentation forms.
  private static let forms: [UInt8] = (0xF900..<0x10000).map(derived)
  /// Emoji and other symbols.
  private static let symbols: [UInt8] = (0x1F000..<0x20000).map(derived)

  /// The facts about a scalar.
  @inline(__always)
  static func of(_ scalar: UInt32, in common: [UInt8] = common) -> UInt8 {
    scalar < 0x600 ? common[Int(scalar)] : ofOther(scalar)
  }

  private static func ofOther(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    // Kana, Han and Hangul.
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: starter | valid
    case 0x600..<0x3400: scripts[Int(scalar - 0x600)]
    case 0xF900..<0x10000: forms[Int(scalar - 0xF900)]
    case 0x1F000..<0x20000: symbols[Int(scalar - 0x1F000)]
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

  /// Whether a scalar combines with what stands before it, without the tables.
  static func isMark(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
