import SMTPWire
import Testing

@Suite("A client's line as a command")
struct CommandTests {
  @Test("a verb is known in any case, and blanks around it do not matter")
  func verbs() {
    #expect(Command("mail FROM:<a@example.com>").verb == .mail)
    let command = Command(" \tRcpt \t TO:<a b> X=1 \t")
    #expect(command.verb == .rcpt)
    #expect(command.word == bytes("Rcpt"))
    #expect(command.argument == bytes("TO:<a b> X=1"))
    #expect(command.words.map(Array.init) == [bytes("TO:<a"), bytes("b>"), bytes("X=1")])
    #expect(Command("QUIT").argument.isEmpty)
  }

  @Test("each verb has its name", arguments: Command.Verb.allCases.filter { $0 != .other })
  func each(verb: Command.Verb) {
    #expect(Command(verb.rawValue).verb == verb)
    #expect(Command(verb.rawValue.lowercased() + " x").name == verb.rawValue)
  }

  @Test(
    "a line that makes no sense is a command all the same",
    arguments: ["", " ", "?", "MAILX", "QUIT\0", "é", "EHLO\u{A0}x"])
  func other(text: String) {
    #expect(Command(text).verb == .other)
  }

  @Test("a name is safe to show")
  func safeName() {
    #expect(Command("a\u{1B}[1m x").name == "a\\x1B[1m")
  }
}
