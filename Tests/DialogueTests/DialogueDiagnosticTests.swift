import Dialogue
import Testing

@Suite("Showing a mistake")
struct DialogueDiagnosticTests {
  private func rendered(_ text: String) -> String {
    DialogueReader.read(bytes(text)).diagnostics.first?.rendered(file: "a.smtp") ?? "nothing"
  }

  @Test("the caret stands under the place")
  func caret() {
    #expect(
      rendered("0.5 C: MAIL FROM:<a\\q@example.com>\n") == """
        a.smtp:1:20: error: no such escape; there are \\n \\r \\t \\0 \\xHH \\\\ \\$ and \\z
        0.5 C: MAIL FROM:<a\\q@example.com>
                           ^
        """)
  }

  @Test("columns of a terminal are counted, not octets")
  func wide() {
    #expect(
      rendered("C: é日本\u{301}\\q\n") == """
        a.smtp:1:14: error: no such escape; there are \\n \\r \\t \\0 \\xHH \\\\ \\$ and \\z
        C: é日本\u{301}\\q
                ^
        """)
  }

  @Test("a byte order mark is not counted")
  func byteOrderMark() {
    #expect(rendered("\u{FEFF}C: \\q\n").hasPrefix("a.smtp:1:4: "))
  }

  @Test("nothing in a file reaches the terminal raw")
  func safe() {
    let text = rendered("X \u{1B}]0;a\u{7}\u{202E}\n")
    #expect(text.contains("X \\x1B]0;a\\x07\\xE2\\x80\\xAE"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("of a long line only the neighbourhood is shown")
  func long() {
    let text = rendered("C: \(String(repeating: "a", count: 500))\\q\(String(repeating: "b", count: 500))\n")
    let lines = text.split(separator: "\n")
    #expect(lines[1].count == 202)
    #expect(lines[1].hasPrefix("…a") && lines[1].hasSuffix("b…"))
    #expect(lines[2].count == 102)
  }
}
