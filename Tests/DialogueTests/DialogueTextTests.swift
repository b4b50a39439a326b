import Dialogue
import SMTPWire
import Testing

@Suite("The text of a line")
struct DialogueTextTests {
  private func content(_ text: String) -> DialogueText { DialogueLine("C: " + text).content }

  @Test(
    "escapes become octets",
    arguments: [
      ("plain", bytes("plain")), ("\\0\\t\\r\\n\\\\.", [0, 9, 13, 10, 92, 46]), ("\\x00\\xfF\\xA0", [0, 255, 160]),
      ("\\$5", bytes("$5")), ("\\${a}", bytes("${a}")), ("é", [0xC3, 0xA9]), (" two blanks", bytes(" two blanks")),
    ])
  func escapes(text: String, octets: [UInt8]) {
    #expect(content(text) == DialogueText([.octets(octets)]))
  }

  @Test("the ending is CRLF unless the last escape says something else")
  func endings() {
    #expect(content("a\\n") == DialogueText([.octets(bytes("a"))], ending: .bareLF))
    #expect(content("a\\n\\n") == DialogueText([.octets(bytes("a\n"))], ending: .bareLF))
    #expect(content("a\\z") == DialogueText([.octets(bytes("a"))], ending: .none))
    #expect(content("a\\x0A") == DialogueText([.octets(bytes("a\n"))]))
    #expect(content("a\\\\n") == DialogueText([.octets(bytes("a\\n"))]))
    #expect(content("\\z") == DialogueText([], ending: .none))
  }

  @Test("variables stand between octets")
  func variables() {
    let text = content("a${x}${y-1.z_}b\\z")
    #expect(text.segments == [.octets(bytes("a")), .variable("x"), .variable("y-1.z_"), .octets(bytes("b"))])
    #expect(text.variables == ["x", "y-1.z_"])
    #expect(text.octets == bytes("a${x}${y-1.z_}b"))
  }

  @Test("a value is put in for each variable, and a secret stays one")
  func outgoing() throws {
    let line = try content("AUTH PLAIN ${s} ${p}\\n").outgoing { name in
      name == "s" ? .secret(bytes("AAA=")) : .plain(bytes("plain"))
    }
    #expect(line.wireOctets == bytes("AUTH PLAIN AAA= plain\n"))
    #expect(line.hasSecret)
    #expect(!line.masked.contains("AAA="))
  }

  @Test("a variable without a value is named")
  func missing() {
    #expect(throws: MissingVariable(name: "b")) {
      _ = try content("${a}${b}").outgoing { $0 == "a" ? .plain([]) : nil }
    }
  }
}
