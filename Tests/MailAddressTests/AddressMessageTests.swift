import MailAddress
import Testing

struct AddressMessageTests {
  static func message(_ address: String) -> String? {
    AddressChecker.check(address).primary(.smtp).map(AddressMessage.text)
  }

  @Test("the character is named with its code point")
  func namesCharacters() {
    #expect(Self.message("a;b@c.net") == "“;” (U+003B SEMICOLON) cannot stand in an unquoted local part.")
    #expect(Self.message("a\u{1B}@c.net") == "The control character U+001B ESCAPE cannot stand in a local part.")
    #expect(Self.message("a@\u{200B}.net")?.hasPrefix("U+200B ZERO WIDTH SPACE in the domain") == true)
    #expect(Self.message("ü@c.net")?.contains("“ü” (U+00FC LATIN SMALL LETTER U WITH DIAERESIS)") == true)
    #expect(Self.message("x\u{301}@c.net")?.contains("“\u{25CC}\u{301}” (U+0301 COMBINING ACUTE ACCENT)") == true)
    #expect(Self.message("a@c\u{10FFFF}.net")?.hasPrefix("U+10FFFF unassigned") == true)
  }

  @Test("an octet that is no UTF-8 is named by its value")
  func namesOctets() {
    var checker = AddressChecker()
    checker.check([0x61, 0xFE])
    #expect(
      checker.report.primary(.smtp).map(AddressMessage.text) == "The octet 0xFE does not belong to well-formed UTF-8.")
  }

  @Test("a sentence without a character is the rule's own")
  func keepsSentences() {
    #expect(Self.message("a..b@c.net") == AddressRule.localDotConsecutive.entry.title.description)
  }
}
