import Testing

@testable import Workbench

struct ScalarWidthTests {
  @Test(
    "the table's classes",
    arguments: [
      ("a", ScalarWidth.narrow), (" ", .narrow), ("ß", .narrow), ("─", .narrow), ("✓", .narrow), ("界", .wide),
      ("가", .wide), ("Ａ", .wide), ("😀", .wide), ("\u{301}", .mark), ("\u{20DD}", .mark), ("\u{0}", .inert),
      ("\u{7F}", .inert), ("\u{85}", .inert), ("\u{AD}", .inert), ("\u{3000}", .inert), ("\u{1160}", .inert),
      ("\u{E0001}", .inert), ("\u{F8FF}", .inert),
    ] as [(Unicode.Scalar, ScalarWidth)])
  func classes(_ pair: (scalar: Unicode.Scalar, width: ScalarWidth)) {
    #expect(ScalarWidth.of(pair.scalar) == pair.width)
  }

  @Test("the table is sorted and each run differs from the one before")
  func table() {
    for (left, right) in zip(scalarWidthTable, scalarWidthTable.dropFirst()) {
      #expect(left >> 2 < right >> 2)
      #expect(left & 3 != right & 3)
    }
    #expect(scalarWidthTable[0] == 0)
  }

  @Test("nothing that Unicode calls a control, a format or private is shown")
  func categories() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let category = scalar.properties.generalCategory
      guard [.control, .format, .privateUse, .lineSeparator, .paragraphSeparator].contains(category) else { continue }
      if ScalarWidth.of(scalar) != .inert { Issue.record("U+\(String(value, radix: 16)) is shown") }
    }
  }
}
