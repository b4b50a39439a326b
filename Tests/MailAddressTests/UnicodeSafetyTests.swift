import Testing

@testable import MailAddress

struct UnicodeSafetyTests {
  @Test("controls, invisible and unassigned characters are unsafe")
  func knowsUnsafe() {
    for scalar: UInt32 in [0, 0x1F, 0x7F, 0x85, 0xAD, 0x200B, 0x202E, 0x2028, 0x3164, 0xE000, 0xFEFF, 0xFFFF, 0x10FFFF]
    {
      #expect(UnicodeSafety.isUnsafe(scalar))
    }
    for scalar: UInt32 in [0x20, 0x41, 0xE9, 0x300, 0x4E2D, 0x1F600, 0x5D0] { #expect(!UnicodeSafety.isUnsafe(scalar)) }
  }

  @Test("the short cut for common scripts agrees with the tables")
  func shortcutAgrees() {
    for value: UInt32 in 0x300..<0xD800 where UnicodeSafety.isPlainStarter(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(scalar.properties.canonicalCombiningClass == .notReordered)
      #expect(!RangeTable.contains(NormalizationTable.excluded, value))
      #expect(!scalar.properties.isDefaultIgnorableCodePoint)
      #expect(scalar.properties.generalCategory != .unassigned)
    }
    let seconds = Set(NormalizationTable.composing.map { UInt32($0 & 0x1F_FFFF) })
    #expect(!seconds.contains(where: UnicodeSafety.isPlainStarter))
  }

  func isNormal(_ text: String) -> Bool {
    var check = NormalizationCheck()
    for scalar in text.unicodeScalars { check.add(scalar.value, ScalarFacts.of(scalar.value)) }
    return check.isNormal
  }

  @Test("form C is known")
  func knowsFormC() {
    for text in [
      "e", "\u{E9}", "\u{1E69}", "\u{E8}\u{315}", "\u{F1}\u{332}", "\u{AC01}x", "x\u{301}", "\u{928}\u{93F}",
    ] {
      #expect(isNormal(text), "\(text.debugDescription)")
    }
    for text in [
      "e\u{301}", "s\u{307}\u{323}", "\u{212B}", "\u{1100}\u{1161}", "\u{AC00}\u{11A8}", "\u{F900}", "\u{9C7}\u{9BE}",
      "\u{340}", "a\u{323}\u{302}", "\u{1E63}\u{307}", "\u{E8}\u{323}", "\u{1EBF}\u{323}",
    ] {
      #expect(!isNormal(text), "\(text.debugDescription)")
    }
  }

  @Test("the tables are sorted")
  func tablesAreSorted() {
    for table in [
      NormalizationTable.excluded, ScriptTable.joiningForward, ScriptTable.joiningBackward, ScriptTable.rightToLeft,
      ScriptTable.arabicLetter, ScriptTable.arabicNumber, ScriptTable.europeanNumber, ScriptTable.neutral,
    ] {
      #expect(table == table.sorted() && table.count % 2 == 0)
    }
    #expect(NormalizationTable.composing == NormalizationTable.composing.sorted())
    #expect(NormalizationTable.decomposing == NormalizationTable.decomposing.sorted())
  }

  @Test("an octet's classes are those of the RFCs")
  func knowsOctetClasses() {
    let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
    for octet in UInt8.min...UInt8.max {
      let isLetter = octet >= 65 && octet <= 90 || octet >= 97 && octet <= 122
      let isDigit = octet >= 48 && octet <= 57
      #expect(OctetClass.isAtext(octet) == (isLetter || isDigit || marks.contains(octet)))
      #expect(OctetClass.isLDH(octet) == (isLetter || isDigit || octet == 45))
      #expect((OctetClass.of(octet) & OctetClass.dot != 0) == (octet == 46))
      #expect((OctetClass.of(octet) & OctetClass.edge != 0) == (octet == 46 || octet == 45))
      #expect((OctetClass.of(octet) & OctetClass.letter != 0) == isLetter)
      let isHexDigit = isDigit || octet >= 65 && octet <= 70 || octet >= 97 && octet <= 102
      #expect((OctetClass.of(octet) & OctetClass.address != 0) == (isHexDigit || octet == 58 || octet == 46))
      #expect((OctetClass.of(octet) & OctetClass.gap != 0) == [9, 10, 13, 32, 40].contains(octet))
    }
  }

  /// The length of the scalar that octets start with, 0 when they are malformed.
  func length(_ octets: [UInt8]) -> Int {
    let span = octets.span
    return UTF8Scalar.decode(span, at: 0).length
  }

  @Test("UTF-8 is decoded strictly")
  func decodesStrictly() {
    for value: UInt32 in [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF] {
      var octets: [UInt8] = []
      UTF8Scalar.append(value, to: &octets)
      let isWhole = length(octets) == octets.count
      #expect(isWhole)
      let scalar = UTF8Scalar.scalars(octets.span, 0..<octets.count)
      #expect(scalar == [value])
      let isCut = octets.count == 1 || length(Array(octets.dropLast())) == 0
      #expect(isCut)
    }
    let malformed: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ]
    for octets in malformed { #expect(length(octets) == 0) }
  }
}

struct JoinerTests {
  @Test("a joiner that RFC 5892 allows where it stands gets no warning, and one elsewhere does")
  func joiners() {
    func warned(_ address: String) -> Bool {
      AddressChecker.check(address).findings.contains { $0.rule == .unicodeUnsafe }
    }
    #expect(!warned("ann@\u{646}\u{627}\u{645}\u{647}\u{200C}\u{627}\u{6CC}.com"))
    #expect(warned("ann@a\u{200C}b.com") && warned("an\u{200C}n@b.com"))
  }
}
