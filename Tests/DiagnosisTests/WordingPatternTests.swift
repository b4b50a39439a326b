import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct WordingPatternTests {
  private func range(_ phrase: String, _ text: String) -> Range<Int>? {
    WordingPattern(phrase).range(inUppercased: text.utf8.map(\.asciiUppercased))
  }

  @Test func `case does not matter`() {
    #expect(range("relay access", "x Relay ACCESS denied") == 2..<14)
    #expect(range("relay access", "relay  access") == nil)
  }

  @Test func `a star stands for anything but keeps the order`() {
    #expect(range("sender*not found", "the sender was not found") == 4..<24)
    #expect(range("sender*not found", "not found: the sender") == nil)
  }

  @Test func `the end of the text is no trap`() {
    #expect(range("abc", "ab") == nil)
    #expect(range("abc", "aababc") == 3..<6)
    #expect(range("", "abc") == nil)
  }
}
