import SMTPWire
import Testing

@testable import SMTPSession

@Suite("Addresses in commands")
struct ServerAddressTests {
  @Test(
    "are taken out of what stands around them, and unquoted",
    arguments: [
      ("<a@b>", "a@b"), ("a@b", "a@b"), ("a@b>", "a@b"), ("<>", ""), ("<@a,@b:user@dom>", "user@dom"),
      ("@a:user@dom", "user@dom"), ("<bob(comment)@dom>", "bob@dom"), ("(x (y) z)a@b", "a@b"), ("<\"bob\"@d>", "bob@d"),
      ("<\"b\\ob\"@d>", "bob@d"), ("<b\\ob@d>", "bob@d"), ("<\"bob smith\"@d>", "bob smith@d"), ("<bob @d>", "bob@d"),
      ("<\"\"@d>", "@d"), ("<Abc\\@def@d>", "Abc@def@d"), ("<a@[1.2.3.4]>", "a@[1.2.3.4]"), ("Bob <bob@d>", "bob@d"),
      ("Bob Smith <bob@d>", "bob@d"), ("<<a@b>>", "a@b"), ("<a..b.@d>", "a..b.@d"), ("<ü@d>", "ü@d"),
      ("<\u{1B}x@d>", "\u{1B}x@d"), ("\u{1B}]52", "\u{1B}]52"),
    ])
  func addresses(_ word: String, _ expected: String) {
    let address = ServerAddressParser.parse(Array(word.utf8), strict: false)
    #expect(address.map { String(decoding: $0.octets, as: UTF8.self) } == expected)
    #expect(address?.typed == Array(word.utf8))
  }

  @Test(
    "more than one, words side by side and what has no end are none",
    arguments: [
      "<a@b,c@d>", "a@b,c@d", "<b ob@d>", "bob two words", "<a@b>x", "a;b@c", "<\"unclosed@d>", "<a@[1.2.3.4>",
      "<a@b> <c@d>",
    ])
  func noAddresses(_ word: String) {
    #expect(ServerAddressParser.parse(Array(word.utf8), strict: false) == nil)
  }

  @Test("the strict form wants brackets and nothing else")
  func strict() {
    #expect(ServerAddressParser.parse(Array("<a@b>".utf8), strict: true) != nil)
    #expect(ServerAddressParser.parse(Array("a@b".utf8), strict: true) == nil)
    #expect(ServerAddressParser.parse(Array("Dude <a@b>".utf8), strict: true) == nil)
  }

  @Test(
    "get their quotes back where they need them",
    arguments: [
      ("bob@d", "bob@d"), ("bob smith@d", "\"bob smith\"@d"), ("a@b@d", "\"a@b\"@d"), ("@d", "\"\"@d"),
      ("a\"b\\c@d", "\"a\\\"b\\\\c\"@d"),
      ("a..b@d", "\"a..b\"@d"), (".a", "\".a\""), ("ü@d", "ü@d"), ("", ""),
    ])
  func quoting(_ octets: String, _ expected: String) {
    #expect(String(decoding: ServerAddress(octets).quoted, as: UTF8.self) == expected)
  }

  @Test("command lines fall into words, and brackets and quotes hold together")
  func words() {
    func words(_ line: String) -> [String] {
      ServerWordParser.words(of: Array(line.utf8)).map { String(decoding: $0.octets, as: UTF8.self) }
    }
    #expect(words(" MAIL  FROM:<a b@c> X=y ") == ["MAIL", "FROM:", "<a b@c>", "X=y"])
    #expect(words("RCPT TO: bob\\ x@d") == ["RCPT", "TO:", "bob\\ x@d"])
    #expect(words("A \"b c\"@d [e f]") == ["A", "\"b c\"@d", "[e f]"])
    #expect(words("A <a \"> \" <b> >c") == ["A", "<a \"> \" <b> >c"])
    #expect(words("\t ").isEmpty)
    #expect(ServerWordParser.words(of: Array("A <b".utf8)).last?.isUnclosed == true)
    #expect(ServerWordParser.words(of: Array("A <b\\".utf8)).last?.isUnclosed == true)
  }
}
