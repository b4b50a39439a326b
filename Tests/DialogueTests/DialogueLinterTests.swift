import Dialogue
import Testing

@Suite("Finding mistakes without a connection")
struct DialogueLinterTests {
  private func lint(_ text: String, known: Set<String> = []) -> [String] {
    DialogueLinter.lint(DialogueReader.read(bytes(text)), known: known).map {
      "\($0.line) \($0.severity.rawValue): \($0.message)"
    }
  }

  @Test(
    "what can be known from the lines",
    arguments: [
      ("S: 220\nC: NOOP\nS: 250\nS: 250\n", "4 warning: no command awaits this reply: it can never be met"),
      ("S: 220\nC: MAIL FROM:<>\nS: 250\n", "2 note: MAIL stands before EHLO: a server refuses it (RFC 5321 §4.1.4)"),
      ("C: EHLO a\nS: 250\nC: RCPT TO:<a>\n", "3 note: RCPT stands before MAIL: a server refuses it"),
      (
        "> quit\nC: NOOP\n", "2 warning: nothing can be sent behind QUIT: the server has closed the connection"
      ),
      (
        "C: EHLO a\nC: MAIL FROM:<>\nC: DATA\nS: 250\nS: 250\nS: 354\nC: text\n",
        "3 warning: the message of this DATA never ends: a line `C: .` is missing"
      ),
      (
        "C: EHLO a\nS: 250\nC: AUTH PLAIN AGEAYg==\n",
        "3 warning: a credential stands here in clear (base64 hides nothing); write ${auth.plain} or the like for it"
      ),
      (
        "C: EHLO a\nS: 250\nC: AUTH LOGIN\nS: 334\nC: c2VjcmV0\n",
        "5 warning: a credential stands here in clear (base64 hides nothing); write ${auth.plain} or the like for it"
      ),
      ("C: EHLO ${me}\n", "1 note: nothing sets the variable me: give -D me=VALUE"),
      ("> let a = 1\nC: EHLO b\n", "1 note: the variable a is set and never used"),
      ("C: EHLO b\nS~ (?<id>x)\n", "2 note: the variable id is set and never used"),
      ("C: NOOP\nS: 354\n", "2 note: the reply to NOOP is never a 3yz (RFC 5321 §4.3.2)"),
      (
        "S: 2x0\nX\n",
        "2 error: expected C: S: * # > or S~ with a blank behind it, and seconds such as 0.013 before it or nothing"
      ),
    ])
  func findings(text: String, finding: String) {
    #expect(lint(text).contains(finding), "\(lint(text))")
  }

  @Test(
    "a sound script gives rise to nothing",
    arguments: [
      "S: 220\nC: EHLO a\nS: 250\nC: MAIL FROM:<>\nC: RCPT TO:<a>\nC: DATA\nS: 250\nS: 250\nS: 354\nC: a\nC: .\nS: 250\n> quit\n",
      "S: 220\nC: EHLO a\nS: 250-x\nS: 250 y\n> auth\nS: 535\n> quit\nS: 221\n",
      "C: EHLO a\nC: AUTH PLAIN ${auth.plain}\n> let a = b\nC: NOOP ${a}\n",
      "C: EHLO a\nS: 250\nC: QUIT\nS: 221\n* closed by peer\n> connect\nS: 220\nC: EHLO a\nS: 250\n",
      "> if variable x\n> quit\n> else\nC: NOOP\n> end\n",
    ])
  func sound(text: String) {
    #expect(lint(text).isEmpty)
  }

  @Test("known variables are no finding, and all comes in the order of the lines")
  func known() {
    #expect(lint("C: EHLO ${me}\n", known: ["me"]).isEmpty)
    let found = DialogueLinter.lint(DialogueReader.read(bytes("C: MAIL FROM:<>\n> nonsense\nX\nC: RCPT\n> end\n")))
    #expect(found.map(\.line) == [1, 2, 3, 5])
  }

  @Test("a message that cannot be read is told at its name, in the file that names it")
  func messages() {
    let include: ScriptIncluder = { _, _ in .read(path: "sub/in.smtp", DialogueReader.read(bytes("> message  gone\n")))
    }
    let found = DialogueLinter.lint(
      DialogueReader.read(bytes("> message\n> message here\n> message gone\n> include in.smtp\n")), include: include,
      messages: { name, from in name == "here" ? nil : "\(from ?? "-")/\(name): no such file" })
    #expect(
      found.map { String($0.rendered(file: "a.smtp").prefix { $0 != "\n" }) } == [
        "a.smtp:3:11: error [file.unreadable]: -/gone: no such file",
        "sub/in.smtp:1:12: error [file.unreadable]: sub/in.smtp/gone: no such file",
      ])
  }

  @Test("anything can be looked through")
  func noise() {
    for seed in 1...200 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let found = DialogueLinter.lint(DialogueReader.read(Noise.octets(upTo: 600, &numbers)))
      #expect(found.allSatisfy { $0.line >= 1 && $0.column >= 1 }, "seed \(seed)")
    }
  }
}
