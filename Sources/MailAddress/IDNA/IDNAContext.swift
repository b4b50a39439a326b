/// The contextual rules of RFC 5892 appendix A for one label. What they ask of the label as a whole is looked for once.
struct IDNAContext {
  private var hasJapanese = false
  private var hasArabicIndicDigit = false
  private var hasExtendedDigit = false

  init(_ scalars: [UInt32]) {
    for scalar in scalars {
      hasJapanese = hasJapanese || Self.isJapanese(scalar)
      hasArabicIndicDigit = hasArabicIndicDigit || (0x660...0x669).contains(scalar)
      hasExtendedDigit = hasExtendedDigit || (0x6F0...0x6F9).contains(scalar)
    }
  }

  /// Whether the contextual scalar at `index` may stand there.
  func allows(_ scalars: [UInt32], _ index: Int) -> Bool {
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalars[index] {
    case 0x200C: return Self.isVirama(before) || Self.joins(scalars, index)
    case 0x200D: return Self.isVirama(before)
    case 0xB7: return before == 0x6C && after == 0x6C
    case 0x375: return after.map(Self.isGreek) ?? false
    case 0x5F3, 0x5F4: return before.map(Self.isHebrew) ?? false
    case 0x30FB: return hasJapanese
    case 0x660...0x669: return !hasExtendedDigit
    case 0x6F0...0x6F9: return !hasArabicIndicDigit
    default: return true
    }
  }

  private static func isVirama(_ scalar: UInt32?) -> Bool {
    guard let scalar, let value = Unicode.Scalar(scalar) else { return false }
    return value.properties.canonicalCombiningClass == .virama
  }

  /// A.1: a letter that joins forward, marks, the non-joiner, marks, a letter that joins backward.
  private static func joins(_ scalars: [UInt32], _ index: Int) -> Bool {
    var left = index - 1
    while left >= 0, isTransparent(scalars[left]) { left -= 1 }
    var right = index + 1
    while right < scalars.count, isTransparent(scalars[right]) { right += 1 }
    guard left >= 0, right < scalars.count else { return false }
    return RangeTable.contains(ScriptTable.joiningForward, scalars[left])
      && RangeTable.contains(ScriptTable.joiningBackward, scalars[right])
  }

  private static func isTransparent(_ scalar: UInt32) -> Bool {
    // The one letter of Joining_Type T: Adlam's nukta.
    if scalar == 0x1E94B { return true }
    guard scalar >= 0x300, let value = Unicode.Scalar(scalar), scalar != 0x200C, scalar != 0x200D else { return false }
    switch value.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  private static func isGreek(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x37E, 0x385, 0x387: false
    case 0x370...0x3E1, 0x3F0...0x3FF, 0x1D26...0x1D2A, 0x1F00...0x1FFF, 0x2126, 0xAB65, 0x10140...0x1018E: true
    default: false
    }
  }

  private static func isHebrew(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x591...0x5F4, 0xFB1D...0xFB4F: true
    default: false
    }
  }

  private static func isJapanese(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Hiragana and Katakana, without the marks both scripts share.
    case 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x1AFF0...0x1B16F: true
    // Han.
    case 0x2E80...0x2FD5, 0x3005, 0x3007, 0x3021...0x3029, 0x3038...0x303A, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xF900...0xFAD9, 0x16FE3, 0x16FF2...0x16FF3, 0x20000...0x33FFF:
      true
    default: false
    }
  }
}

/// The Bidi rule (RFC 5893 §2) for one label.
enum BidiRule {
  private enum Class {
    case leftToRight, rightToLeft, arabicLetter, arabicNumber, europeanNumber, neutral, mark
  }

  /// Whether a label with right-to-left characters holds to the rule; one without them does.
  static func holds(for scalars: [UInt32]) -> Bool {
    let classes = scalars.map(classOf)
    switch classes.first {
    case .rightToLeft, .arabicLetter: return isRightToLeftLabel(classes)
    default: return false
    }
  }

  /// A label that starts left-to-right and has a right-to-left character breaks condition 5, one that starts with
  /// anything else condition 1; what is left are conditions 2 to 4.
  private static func isRightToLeftLabel(_ classes: [Class]) -> Bool {
    if classes.contains(.leftToRight) { return false }
    if classes.contains(.arabicNumber) && classes.contains(.europeanNumber) { return false }
    switch classes.last(where: { $0 != .mark }) {
    case .rightToLeft, .arabicLetter, .arabicNumber, .europeanNumber: return true
    default: return false
    }
  }

  /// Whether a scalar is of class R, AL or AN.
  static func isRightToLeft(_ scalar: UInt32) -> Bool {
    if scalar < 0x590 || scalar >= 0x900 && scalar < 0xFB1D || classOf(scalar) == .mark { return false }
    return RangeTable.contains(ScriptTable.rightToLeft, scalar) || RangeTable.contains(ScriptTable.arabicLetter, scalar)
      || RangeTable.contains(ScriptTable.arabicNumber, scalar)
  }

  private static func classOf(_ scalar: UInt32) -> Class {
    switch scalar {
    // Nonspacing marks that are of class L all the same.
    case 0xCBF, 0xCC6, 0x1B3A, 0x1B3C, 0x1B42, 0x11A07, 0x11A08, 0x11C3F: return .leftToRight
    case 0x300...:
      let category = Unicode.Scalar(scalar)?.properties.generalCategory
      if category == .nonspacingMark || category == .enclosingMark { return .mark }
    default: break
    }
    if RangeTable.contains(ScriptTable.rightToLeft, scalar) { return .rightToLeft }
    if RangeTable.contains(ScriptTable.arabicLetter, scalar) { return .arabicLetter }
    if RangeTable.contains(ScriptTable.arabicNumber, scalar) { return .arabicNumber }
    if RangeTable.contains(ScriptTable.europeanNumber, scalar) { return .europeanNumber }
    return RangeTable.contains(ScriptTable.neutral, scalar) ? .neutral : .leftToRight
  }
}
