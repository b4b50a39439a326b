import Dialogue
import SMTPWire
import Testing

@Suite("Patterns of S~ lines")
struct ReplyPatternTests {
  private func matches(_ expression: String, _ text: String) throws -> Bool {
    try ReplyPattern(Array(expression.utf8)).matches([WireLine(text)])
  }

  @Test(
    "an expression is found where it stands, and not elsewhere",
    arguments: [
      ("abc", "xabcx", true), ("^abc", "xabc", false), ("abc$", "abcx", false), ("^$", "", true), ("", "a", true),
      ("a|b", "b", true), ("^(a|b)$", "ab", false), ("^(?:ab)+$", "abab", true), ("^(?:ab)+$", "aba", false),
      ("a*", "", true), ("^a?b$", "b", true), ("^a{2}$", "aa", true), ("^a{2}$", "aaa", false),
      ("^a{2,}$", "aaaa", true), ("^a{1,3}$", "aaaa", false), ("^a{0,2}b$", "aab", true), ("a{x}", "a{x}", true),
      ("^a+?$", "aaa", true), ("^.$", "ü", true), ("^..$", "ü", false), ("^250[- ]SIZE \\d+$", "250-SIZE 42", true),
      ("\\bok\\b", "is ok.", true), ("\\bok\\b", "okay", false), ("o\\B", "ok", true), ("^[^a-c]+$", "xyz", true),
      ("^[^a-c]+$", "xbz", false), ("^[]a]+$", "]a", true), ("^[a-]+$", "a-", true), ("^[\\d.]+$", "1.2", true),
      ("^[^\\d]$", "1", false), ("^[\\W]$", "-", true), ("^[[:xdigit:]]+$", "aF9", true), ("\\.", "a", false),
      ("5\\.7\\.8", "535 5.7.8 no", true), ("(?i)OK", "250 ok", true), ("(?i:o)K", "oK", true),
      ("(?i:o)K", "ok", false), ("(?i)[a-c]+$", "ABC", true), ("\\x41\\u{42}", "AB", true), ("a||b", "", true),
      ("^(a|ab)(c|bcd)$", "abcd", true), ("(a*)*b", "aaab", true), ("^(a*)+$", "aaa", true), ("\\s", "a\tb", true),
    ])
  func finds(expression: String, text: String, isFound: Bool) throws {
    #expect(try matches(expression.isEmpty ? "(?:)" : expression, text) == isFound, "\(expression) in \(text)")
  }

  @Test("the first match counts, and in it the preferred one: its groups are the variables")
  func captures() throws {
    func captures(_ expression: String, _ text: String) throws -> [String: String]? {
      try ReplyPattern(Array(expression.utf8)).captures(in: [WireLine(text)])?.mapValues {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(try captures("queued as (?<qid>[A-F0-9]+)", "250 queued as 4F2A b") == ["qid": "4F2A"])
    #expect(try captures("(?<a>a+?)(?<b>a*)", "xaaa") == ["a": "a", "b": "aa"])
    #expect(try captures("(?<a>a+)(?<b>a*)", "xaaa") == ["a": "aaa", "b": ""])
    #expect(try captures("(?<a>x)|(?<b>y)", "y") == ["b": "y"])
    #expect(try captures("(?:(?<n>\\d)-?)+", "1-2-3") == ["n": "3"])
    #expect(try captures("(?<a>ü)", "aüb") == ["a": "ü"])
    #expect(try captures("(?<a>x)", "y") == nil)
  }

  @Test(
    "what cannot be used is refused, with the reason and its place",
    arguments: [
      ("(open", "`)`"), ("a)", "closes no group"), ("*a", "repeats nothing"), ("[a", "`]`"), ("a{3,2}", "{n,m}"),
      ("(?=a)", "kind of group"), ("(?<=a)b", "kind of group"), ("(a)\\1", "\\1 is not known"), ("a\\", "at the end"),
      ("a++", "possessive"), ("(?<a>x)(?<a>y)", "twice"), ("[z-a]", "later one"), ("\\xZZ", "hexadecimal"),
      ("(a{1000}){1000}", "too large"), ("\\p{L}", "not known"),
    ])
  func refused(expression: String, words: String) {
    #expect(
      performing: { try ReplyPattern(Array(expression.utf8)) },
      throws: { ($0 as? ReplyPattern.Fault)?.message.contains(words) == true })
  }

  @Test(
    "what makes other matchers wait for ever is answered",
    arguments: ["(a+)+$", "(a|a)*$", "(a*)*b", "(.*a){20}$", "(a|aa)+$"])
  func linear(expression: String) throws {
    // Followed one way after the other, each of these takes more steps than there are atoms in the world.
    #expect(try !matches("^250 " + expression, "250 " + String(repeating: "a", count: 2_000) + "!"))
  }
}
