import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct PathCheckTests {
  private func check(_ line: String, utf8: Bool = false) -> LineCheck {
    var fixture = Fixture()
    fixture.begin()
    fixture.event("connected")
    fixture.received("220 x")
    fixture.sent("EHLO x")
    if utf8 { fixture.received("250-x", "250-DSN", "250 SMTPUTF8") } else { fixture.received("250-x", "250 DSN") }
    fixture.sent("MAIL FROM:<a@example.org>")
    if line.hasPrefix("RCPT") { fixture.received("250 ok") } else { fixture.received("550 no") }
    return LineCheck.check(Array(line.utf8), session: fixture.model.live.log.session)
  }

  @Test(
    "a path that is right is good",
    arguments: [
      "RCPT TO:<bob@example.org>", "RCPT TO:<Postmaster>", "MAIL FROM:<>",
      "RCPT TO:<\"a > b\"@example.org> NOTIFY=NEVER",
      "RCPT TO:<bob@[192.0.2.1]>",
    ])
  func good(line: String) {
    #expect(check(line).verdict != .wrong, "\(check(line))")
  }

  @Test(
    "the column of the fault is told",
    arguments: [
      ("RCPT TO:<a..b@example.org>", 11), ("RCPT TO:<>", 8), ("RCPT TO:<bob@-x.org>", 13),
      ("RCPT TO:bob@example.org", 8),
      ("RCPT TO:<bob@example.org>NOTIFY=NEVER", 25), ("MAIL FROM:<a b@example.org>", 12),
      ("RCPT TO:<bob@example.org> -x=y", 26), ("RCPT TO:<b\u{F6}b@example.org>", 10),
    ])
  func wrong(line: String, offset: Int) {
    #expect(check(line).verdict == .wrong)
    #expect(check(line).offset == offset, "\(check(line))")
  }

  @Test(
    "what is still being typed is no error",
    arguments: ["RCPT TO:<bob", "RCPT TO:<\"a", "RCPT TO:", "RCPT TO:<bob@example.org> NOTIFY="])
  func unfinished(line: String) {
    #expect(check(line).verdict == .unfinished, "\(check(line))")
  }

  @Test("a path beyond ASCII needs the server's offer and the parameter")
  func international() {
    #expect(check("MAIL FROM:<j\u{F6}@example.org>").verdict == .wrong)
    #expect(check("MAIL FROM:<j\u{F6}@example.org>", utf8: true).reason == "this path needs SMTPUTF8 behind it")
    #expect(check("MAIL FROM:<j\u{F6}@example.org> SMTPUTF8", utf8: true).verdict == .good)
    #expect(check("RCPT TO:<j\u{F6}@example.org>", utf8: true).verdict == .good)
  }

  @Test("an obsolete source route is doubtful")
  func route() {
    #expect(check("RCPT TO:<@a.example:bob@example.org>").verdict == .doubtful)
  }
}
