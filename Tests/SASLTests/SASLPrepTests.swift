import SASL
import Testing

@Suite("SASLprep")
struct SASLPrepTests {
  @Test(
    "the examples of RFC 4013 §3, and text in other forms",
    arguments: [
      ("I\u{AD}X", "IX"), ("user", "user"), ("USER", "USER"), ("\u{AA}", "a"), ("\u{2168}", "IX"),
      ("a\u{A0}b\u{3000}c", "a b c"), ("e\u{301}", "é"), ("\u{E9}", "é"), ("o\u{328}\u{304}", "ǭ"),
      ("\u{1100}\u{1161}\u{11A8}", "각"), ("각", "각"), ("\u{FB01}", "fi"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
      ("\u{FF21}\u{FF22}", "AB"), ("\u{958}", "\u{915}\u{93C}"), ("", ""), (" p:\"w\" ", " p:\"w\" "),
      ("\u{627}\u{31}\u{628}", "\u{627}\u{31}\u{628}"), ("😀", "😀"),
    ])
  func prepared(text: String, expected: String) throws {
    #expect(try SASLPrep.prepare(text) == Array(expected.utf8))
  }

  @Test(
    "what must not stand in it is named",
    arguments: [
      ("\u{7}", SASLPrep.Failure.prohibited(7)), ("a\0", .prohibited(0)), ("\u{627}\u{31}", .bidirectional),
      ("\u{627}a\u{627}", .bidirectional), ("\u{E000}", .prohibited(0xE000)), ("\u{200E}", .prohibited(0x200E)),
      ("\u{FFFD}", .prohibited(0xFFFD)), ("\u{E0041}", .prohibited(0xE0041)), ("\u{1FFFE}", .prohibited(0x1FFFE)),
    ])
  func refused(text: String, failure: SASLPrep.Failure) {
    #expect(throws: failure) { try SASLPrep.prepare(text) }
  }

  @Test("the reason names the scalar")
  func words() {
    #expect(SASLPrep.Failure.prohibited(7).words.hasPrefix("U+0007 "))
  }
}
