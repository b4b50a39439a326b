import Testing

@testable import Diagnosis

@Suite struct WordingCaptureTests {
  @Test(arguments: [
    ("4.7.1 Greylisted, try again in 300 seconds", "300 seconds"), ("wait 5 min", "5 min"),
    ("wait 00:04:59 please", "00:04:59"),
    ("come back in 45s", "45s"),
  ])
  func `a duration is found`(text: String, found: String) {
    #expect(WordingCapture.duration.text(in: Array(text.utf8), behind: 0) == found)
  }

  @Test(arguments: ["4.7.1 greylisted", "error 300 of 500", "9999999 seconds", ""])
  func `what is no duration is none`(text: String) {
    #expect(WordingCapture.duration.text(in: Array(text.utf8), behind: 0) == nil)
  }

  @Test func `the next word ends at its punctuation`() {
    let text = Array("blocked using zen.example.org; see".utf8)
    #expect(WordingCapture.nextWord.text(in: text, behind: 13) == "zen.example.org")
    #expect(WordingCapture.nextWord.text(in: text, behind: 500) == nil)
  }

  @Test func `angle brackets give the address, escaped and short`() {
    #expect(WordingCapture.angleBrackets.text(in: Array("<a\u{7}@b>: no".utf8), behind: 0) == "a\\x07@b")
    #expect(
      WordingCapture.angleBrackets.text(in: Array(("<" + String(repeating: "a", count: 500) + ">").utf8), behind: 0)?
        .count == 80)
    #expect(WordingCapture.angleBrackets.text(in: Array("<open".utf8), behind: 0) == nil)
  }
}
