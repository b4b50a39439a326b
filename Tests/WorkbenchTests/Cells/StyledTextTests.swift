import Testing

@testable import Workbench

struct StyledTextTests {
  @Test("a cut text ends in an ellipsis and never grows too wide")
  func truncated() {
    #expect(StyledText("abcdef").truncated(to: 4).string == "abc…")
    #expect(StyledText("abcdef").truncated(to: 6).string == "abcdef")
    #expect(StyledText("日本語").truncated(to: 4).string == "日…")
    #expect(StyledText("abc").truncated(to: 0).string == "")
    for columns in 0..<12 { #expect(StyledText("a日b本\u{202E}").truncated(to: columns).width <= columns) }
  }

  @Test("lines break at blanks, and within a word that is too long")
  func wrapped() {
    #expect(StyledText("to be or not").wrapped(to: 5).map(\.string) == ["to be", "or", "not"])
    #expect(StyledText("abcdefgh ij").wrapped(to: 4).map(\.string) == ["abcd", "efgh", "ij"])
    #expect(StyledText("").wrapped(to: 4).map(\.string) == [""])
    for columns in 2..<9 {
      #expect(StyledText("日本 語日本語 a\u{1B}b").wrapped(to: columns).allSatisfy { $0.width <= columns })
    }
  }

  @Test("escapes keep the raw role whatever the text's role is")
  func roles() {
    let text = StyledText(octets: [0x61, 0x1B], .sent)
    #expect(text.cells.map(\.role) == [.sent, .raw, .raw, .raw, .raw])
    #expect(text.recast(.strong).cells.map(\.role) == [.strong, .raw, .raw, .raw, .raw])
  }

  @Test("padding fills up and cuts")
  func padded() {
    #expect(StyledText("ab").padded(to: 4).string == "ab  ")
    #expect(StyledText("abcdef").padded(to: 4).string == "abc…")
  }
}
