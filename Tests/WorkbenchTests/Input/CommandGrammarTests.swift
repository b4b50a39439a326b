import SMTPWire
import Testing

@testable import Workbench

struct CommandGrammarTests {
  private func row(_ verb: Command.Verb, _ offer: String?..., isLong: Bool = true) -> String? {
    let reply = Reply(250, ["x"] + offer.compactMap { $0 })
    return CommandGrammar.of(verb)?.row(offered: offer.contains(nil) ? nil : Capabilities(reply), isLong: isLong)
  }

  @Test("the parameters are those that the server offers, in full where there is room")
  func offered() {
    #expect(row(.mail, "SIZE 10", "DSN") == "MAIL FROM:<reverse-path> [SIZE=n] [RET=FULL|HDRS] [ENVID=xtext]")
    #expect(row(.mail, "SMTPUTF8", isLong: false) == "MAIL FROM:<path> [SMTPUTF8]")
    #expect(row(.rcpt, "PIPELINING") == "RCPT TO:<forward-path>")
    #expect(row(.noop, "DSN") == "NOOP [ SP String ]")
  }

  @Test("before EHLO they are those that a server should offer")
  func unknown() {
    let row = row(.mail, nil) ?? ""
    #expect(row.contains("[BODY=7BIT|8BITMIME]") && !row.contains("AUTH="))
  }
}
