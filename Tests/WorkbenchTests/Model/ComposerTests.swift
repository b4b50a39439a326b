import SMTPSession
import Testing

@testable import Workbench

struct ComposerTests {
  private func composer(_ text: String, _ strokes: KeyStroke...) -> Composer {
    var composer = Composer()
    composer.insert(Array(text.utf8))
    for stroke in strokes { _ = composer.apply(stroke) }
    return composer
  }

  private func text(_ composer: Composer) -> String { String(decoding: composer.text, as: UTF8.self) }

  @Test("lines may end in any way", arguments: ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\r\nb\n"])
  func endings(_ source: String) {
    #expect(text(composer(source)) == "a\nb\n")
  }

  @Test("a last line without an ending gets one; an empty message stays empty")
  func end() {
    #expect(text(composer("a\nb")) == "a\nb\n")
    #expect(text(composer("")) == "")
    #expect(text(composer("a\n\n")) == "a\n\n")
  }

  @Test("Enter splits a line, Backspace at its beginning joins it")
  func splitting() {
    #expect(text(composer("abcd", KeyStroke(.left), KeyStroke(.left), KeyStroke(.enter))) == "ab\ncd\n")
    #expect(text(composer("ab\ncd", KeyStroke(.home), KeyStroke(.backspace), .character("x"))) == "abxcd\n")
    #expect(text(composer("", KeyStroke(.backspace))) == "")
  }

  @Test("a lone dot ends the message only when nothing stands behind it")
  func finalDot() {
    #expect(composer("a\n.").isAtFinalDot)
    #expect(composer("a\n.\n\n", KeyStroke(.up), KeyStroke(.up)).isAtFinalDot)
    #expect(!composer("a\n.\nb", KeyStroke(.up)).isAtFinalDot)
    #expect(!composer("a\n..").isAtFinalDot)
    var composer = composer("a\n.")
    composer.dropFinalDot()
    #expect(text(composer) == "a\n")
  }

  @Test("what is counted is what DATA carries")
  func count() {
    #expect(composer("a\n.b").wireCount == "a\r\n..b\r\n".utf8.count)
  }

  @Test(
    "the header is checked",
    arguments: [
      ("From: a\nDate: b\n\nx", "header complete"), ("from: a\ndate: b\n", "header complete"),
      ("Subject: a", "no From, no Date in the header"),
      ("From: a\nDate: b\nhello", "line 3 is no header line: an empty line must end the header"),
      ("From: a\n folded\nDate: b", "header complete"),
    ])
  func header(_ pair: (text: String, note: String)) {
    #expect(composer(pair.text).notes(session: ClientSession()).first?.text == pair.note)
  }

  @Test("long lines, odd octets and 8-bit text are noted")
  func notes() {
    let long = composer(String(repeating: "x", count: 999)).notes(session: ClientSession())
    #expect(long.contains { !$0.isGood && $0.text.contains("999") })
    var odd = Composer()
    for stroke in [KeyStroke.control("V"), .control("@"), .character("ö")] { _ = odd.apply(stroke) }
    let notes = odd.notes(session: ClientSession()).filter { !$0.isGood }.map(\.text)
    #expect(notes.contains("a NUL, CR or LF within a line"))
    #expect(notes.contains("8-bit text, and the server does not offer 8BITMIME"))
  }
}
