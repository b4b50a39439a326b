import Testing

@testable import Workbench

struct LineCompletionTests {
  private func complete(_ typed: String, _ fixture: Fixture = .session, paths: [String] = []) -> LineCompletion {
    LineCompletion.complete(
      Array(typed.utf8), session: fixture.model.live.log.session, clientName: "probe.example.com", paths: paths)
  }

  private func ghost(_ typed: String, _ fixture: Fixture = .session, paths: [String] = []) -> String {
    complete(typed, fixture, paths: paths).ghost(behind: Array(typed.utf8))
  }

  @Test("verbs come in the order in which they are likely now")
  func verbs() {
    #expect(ghost("r") == "CPT TO:<")
    #expect(ghost("E", Fixture()) == "HLO ")
    #expect(complete("R").candidates == ["RCPT TO:<", "RSET"])
    #expect(ghost("") == "")
    #expect(ghost("XYZ") == "")
  }

  @Test("addresses come from what was typed before")
  func paths() {
    #expect(ghost("RCPT TO:<b", paths: ["alice@example.com", "bob@example.org"]) == "ob@example.org>")
    #expect(ghost("RCPT T") == "O:<")
  }

  @Test("parameters are those that the server offers and that are not there yet")
  func parameters() {
    #expect(complete("MAIL FROM:<a> S").candidates == ["SIZE=", "SMTPUTF8"])
    #expect(complete("MAIL FROM:<a> SIZE=1 S").candidates == ["SMTPUTF8"])
    #expect(ghost("RCPT TO:<a> NOT") == "IFY=SUCCESS,FAILURE,DELAY")
    #expect(complete("MAIL FROM:<a> REQ").candidates.isEmpty)
  }

  @Test("mechanisms and our own name")
  func words() {
    #expect(ghost("AUTH P") == "LAIN")
    #expect(ghost("EHLO p") == "robe.example.com")
    #expect(ghost("BDAT 10 L") == "AST")
  }

  @Test("nothing is proposed for an answer to a challenge or within the message")
  func silent() {
    #expect(complete("M", .composing).candidates.isEmpty)
  }
}
