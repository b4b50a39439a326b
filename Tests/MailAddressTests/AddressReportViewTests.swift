import Testing

@testable import MailAddress

struct AddressReportViewTests {
  static func view(_ address: String, tree: Bool = false, suggestions: [[UInt8]] = []) -> String {
    var view = AddressReportView()
    view.showsTree = tree
    var output: [UInt8] = []
    view.append(Array(address.utf8), AddressChecker.check(address), suggestions: suggestions, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test("carets stand under what is wrong, one line follows for each finding")
  func showsFindings() {
    #expect(
      Self.view("ann@ho_st.net") == """
        ✗ ann@ho_st.net
                ^
          smtp invalid, header warning, eai invalid, eai-header warning
          error at 6: An underscore cannot stand in a host name. (RFC 5321 §4.1.2, §2.3.5; RFC 1123 §2.1) \
        [address.domain-underscore]

        """)
  }

  @Test("a valid address needs two lines")
  func showsValid() {
    #expect(Self.view("a@b.net") == "✓ a@b.net\n  smtp valid, header valid, eai valid, eai-header valid\n")
  }

  @Test("carets count columns, not octets")
  func countsColumns() {
    let lines = Self.view("日本é@b_c.net").split(separator: "\n")
    #expect(lines[1] == "  ^^")
    let escaped = Self.view("a\u{1}b@c.net").split(separator: "\n")
    #expect(escaped[0] == "✗ a\\x01b@c.net")
    #expect(escaped[1] == "   ^^^^")
  }

  @Test("the tree has parents before their children")
  func showsTree() {
    let view = Self.view("\"a\".b@[192.0.2.1]", tree: true)
    #expect(
      view.hasSuffix(
        """
          local-part 0-5 "a".b
            quoted-string 0-3 "a"
            atom 4-5 b
          domain-literal 6-17 [192.0.2.1]

        """))
    #expect(
      Self.view("a@(x)b(y).c", tree: true).hasSuffix(
        """
          local-part 0-1 a
            atom 0-1 a
          comment 2-5 (x)
          domain 5-11 b(y).c
            label 5-6 b
            comment 6-9 (y)
            label 10-11 c

        """))
  }

  @Test("a repair is told once and a suggestion is a question")
  func showsRepairs() {
    let view = Self.view(" a@b.net ", suggestions: [Array("a@c.net".utf8)])
    #expect(view.split(separator: " Write a@b.net").count == 2)
    #expect(view.contains("  did you mean a@c.net?\n"))
  }

  @Test("what a terminal must not see is written as an escape")
  func writesSafely() {
    let text = TerminalText([0x1B, 0x5B, 0xFF, 0xE2, 0x80, 0xAE, 0x0A])
    #expect(text.text == "\\x1B[\\xFF\\u{202E}\\n")
    #expect(text.columns == [0, 4, 5, 9, 9, 9, 17, 19])
  }
}
