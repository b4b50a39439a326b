import Dialogue
import SMTPWire
import Testing

@Suite("The meaning of a script's lines")
struct DialogueScriptTests {
  private func diagnostics(_ text: String) -> [DialogueDiagnostic] { DialogueScript(dialogue(text)).diagnostics }

  @Test("all mistakes are found at once, each with its place")
  func mistakes() {
    let text = "S: 220\n> starttlz\n> auth A B\n> wait soon\nS: 2x0 a\n0.5 S~ (\n> quit now\n>\n> wait 86401\n"
    let found = diagnostics(text)
    #expect(found.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9])
    #expect(found.map(\.column) == [3, 8, 8, 4, 8, 8, 2, 8])
    #expect(found[0].message.hasPrefix("no such step; there are connect, starttls"))
    #expect(
      found[3].message
        == "2x0 is no reply code; expected three digits such as 250, 25z or 2yz, and | between alternatives")
  }

  @Test("a mistake is shown with a caret")
  func caret() {
    #expect(
      diagnostics("> starttlz\n").first?.rendered(file: "a").split(separator: "\n").dropFirst() == [
        "> starttlz", "  ^",
      ])
  }

  @Test(
    "each step is known",
    arguments: [
      "connect", "starttls", "tls", "auth", "auth PLAIN", "auth scram-sha-256", "message", "message a file.eml",
      "wait 0",
      "wait 1.5", "wait 86400", "drop", "reset", "quit", "  quit  ",
    ])
  func steps(text: String) {
    #expect(diagnostics("> \(text)\n").isEmpty)
  }

  @Test("a recording may hold lines that no script would expect")
  func recording() {
    #expect(diagnostics("* clock x\nS: SSH-2.0-x\nS:\n").isEmpty)
    #expect(diagnostics("S: SSH-2.0-x\nS:\n").count == 2)
  }

  @Test("the variables it needs, each once, with the line that names it first")
  func variables() {
    let script = DialogueScript(dialogue("C: EHLO ${me}\nC: ${b} ${me}\nS: 250 ${c}\nC: \\${no}\n"))
    #expect(script.variables.map(\.name) == ["me", "b", "c"])
    #expect(script.variables.map(\.line) == [1, 2, 3])
  }

  @Test("the client's name is needed where starttls has to say EHLO first")
  func clientName() {
    #expect(DialogueScript(dialogue("> starttls\n")).variables.map(\.name) == ["ehlo"])
    #expect(DialogueScript(dialogue("C: ehlo a\n> starttls\n")).variables.isEmpty)
  }

  @Test("the target is the file's own")
  func target() {
    #expect(DialogueScript(dialogue("* target smtp://a:25\nS: 220\n")).target == "smtp://a:25")
    #expect(DialogueScript(dialogue("S: 220\n* target smtp://a:25\n")).target == nil)
  }
}
