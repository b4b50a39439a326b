import Dialogue
import SMTPWire
import Testing

@Suite("Codes and patterns that a script expects")
struct ReplyCodePatternTests {
  @Test(
    "wildcards stand for any digit in their place",
    arguments: [
      ("250", [250], [251, 350]), ("25z", [250, 259], [240, 350]), ("2yz", [200, 299], [300]),
      ("xyz", [0, 250, 999], []),
      ("250|4yz", [250, 421], [550]), ("x50", [250, 550], [551]),
    ] as [(String, [Int], [Int])])
  func wildcards(pattern: String, matching: [Int], others: [Int]) throws {
    let codes = try #require(ReplyCodePattern(bytes(pattern)))
    for code in matching { #expect(codes.matches(try #require(ReplyCode(rawValue: code))), "\(code)") }
    for code in others { #expect(!codes.matches(try #require(ReplyCode(rawValue: code))), "\(code)") }
  }

  @Test(
    "anything else is no pattern",
    arguments: ["", "2", "25", "2500", "2zy", "abc", "250|", "|250", "250|25", "25Z", "2y"])
  func noPattern(text: String) {
    #expect(ReplyCodePattern(bytes(text)) == nil)
  }

  @Test("only a single code is literal")
  func literal() {
    #expect(ReplyCodePattern(bytes("250"))?.isLiteral == true)
    #expect(ReplyCodePattern(bytes("25z"))?.isLiteral == false)
    #expect(ReplyCodePattern(bytes("250|251"))?.isLiteral == false)
  }

  @Test("an expression is found anywhere in a line, code included")
  func expression() throws {
    let pattern = try ReplyPattern(bytes("^250-SIZE \\d+$"))
    #expect(pattern.matches([WireLine("250-a"), WireLine("250-SIZE 10")]))
    #expect(!pattern.matches([WireLine("250-a"), WireLine("250-SIZE ten")]))
    #expect(try ReplyPattern(bytes("é")).matches([WireLine("250 café")]))
    #expect(try ReplyPattern(bytes("x")).matches([WireLine([0xFF, 0x78])]))
  }

  @Test("an expression that cannot be used is refused", arguments: ["", "(", "[a", "*"])
  func badExpression(text: String) {
    #expect(throws: ReplyPattern.Fault.self) { try ReplyPattern(bytes(text)) }
  }
}
