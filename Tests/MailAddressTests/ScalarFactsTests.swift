import Testing

@testable import MailAddress

struct ScalarFactsTests {
  @Test("the facts about a scalar are those of the functions they come from")
  func agree() {
    // Every scalar of the first tables, and one of each seven of the rest.
    for scalar in (0..<0x20000 as Range<UInt32>) where Unicode.Scalar(scalar) != nil {
      if scalar >= 0x1000 && scalar % 7 != 0 { continue }
      let facts = ScalarFacts.of(scalar)
      let isRight =
        (facts & ScalarFacts.unsafe != 0) == UnicodeSafety.isUnsafe(scalar)
        && (facts & ScalarFacts.valid != 0) == (IDNAProperty(of: scalar) == .valid)
        && (facts & ScalarFacts.rightToLeft != 0) == BidiRule.isRightToLeft(scalar)
        && (facts & ScalarFacts.mark != 0) == Self.isMark(scalar)
        && (facts & ScalarFacts.starter == 0 || Self.isStarter(scalar))
      if !isRight { Issue.record("U+\(String(scalar, radix: 16))") }
    }
  }

  /// Whether a scalar combines with nothing before it and stands in form C, from the tables.
  private static func isStarter(_ scalar: UInt32) -> Bool {
    var check = NormalizationCheck()
    for scalar in [0x61, scalar] { check.add(scalar, 0) }
    return check.isNormal && Unicode.Scalar(scalar)?.properties.canonicalCombiningClass == .notReordered
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
    return [.nonspacingMark, .spacingMark, .enclosingMark].contains(properties.generalCategory)
  }
}
