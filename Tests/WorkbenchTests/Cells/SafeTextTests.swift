import Testing

@testable import Workbench

struct SafeTextTests {
  @Test("printable text stays as it is", arguments: ["250 Ok", "größe", "日本語", "한국어", "ไทย", "─ ● ▪ …", "a\\b"])
  func printable(_ text: String) {
    #expect(SafeText(text).string == text)
    #expect(SafeText(octets: Array(text.utf8)).string == text)
  }

  @Test(
    "what a terminal would obey is escaped",
    arguments: [
      ("\u{1B}]0;x\u{07}", "\\x1B]0;x\\x07"), ("a\u{0}b", "a\\0b"), ("\t\r\n", "\\t\\r\\n"), ("\u{7F}", "\\x7F"),
      ("\u{9B}2J", "\\u{9B}2J"), ("\u{202E}x", "\\u{202E}x"), ("\u{200D}", "\\u{200D}"), ("\u{FEFF}", "\\u{FEFF}"),
      ("\u{E000}", "\\u{E000}"), ("\u{2028}", "\\u{2028}"), ("\u{FE0F}", "\\u{FE0F}"), ("\u{A0}", "\\u{A0}"),
      ("\u{1F1E9}", "\\u{1F1E9}"), ("\u{10FFFF}", "\\u{10FFFF}"), ("\u{378}", "\\u{378}"),
    ])
  func escaped(_ pair: (text: String, shown: String)) {
    #expect(SafeText(pair.text).string == pair.shown)
    #expect(SafeText(octets: Array(pair.text.utf8)).string == pair.shown)
  }

  @Test("octets that are not UTF-8 are escaped one by one")
  func invalid() {
    #expect(SafeText(octets: [0x61, 0xFF, 0x62]).string == "a\\xFFb")
    #expect(SafeText(octets: [0xC3]).string == "\\xC3")
    #expect(SafeText(octets: [0xC0, 0x80]).string == "\\xC0\\x80")
    #expect(SafeText(octets: [0xED, 0xA0, 0x80]).string == "\\xED\\xA0\\x80")
    #expect(SafeText(octets: [0xF4, 0x90, 0x80, 0x80]).string == "\\xF4\\x90\\x80\\x80")
  }

  @Test("escapes are marked, and text that looks like one is not")
  func raw() {
    #expect(SafeText(octets: [0x1B]).glyphs.map(\.isRaw) == [true, true, true, true])
    #expect(SafeText("\\x1B").glyphs.map(\.isRaw) == [false, false, false, false])
  }

  @Test("a glyph bears two marks; a third one, and one without a glyph, is escaped")
  func marks() {
    #expect(SafeText("a\u{301}\u{302}").glyphs.count == 1)
    #expect(SafeText("a\u{301}\u{302}\u{303}").string == "a\u{301}\u{302}\\u{303}")
    #expect(SafeText("\u{301}").string == "\\u{301}")
    #expect(SafeText("\u{1B}\u{301}").string == "\\x1B\\u{301}")
  }

  @Test("wide scalars take two columns, marks none")
  func width() {
    #expect(SafeText("日本").width == 4)
    #expect(SafeText("e\u{301}").width == 1)
    #expect(SafeText("\u{202E}").width == 8)
  }
}
