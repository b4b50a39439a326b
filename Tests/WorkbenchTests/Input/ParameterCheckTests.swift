import Testing

@testable import Workbench

struct ParameterCheckTests {
  private func check(_ line: String) -> LineCheck {
    var fixture = Fixture()
    fixture.begin()
    fixture.event("connected")
    fixture.received("220 x")
    fixture.sent("EHLO x")
    fixture.received(
      "250-x", "250-SIZE", "250-8BITMIME", "250-BINARYMIME", "250-DSN", "250-SMTPUTF8", "250-AUTH PLAIN",
      "250 ENHANCEDSTATUSCODES")
    if line.hasPrefix("RCPT") {
      fixture.sent("MAIL FROM:<a@b.net>")
      fixture.received("250 ok")
    }
    return LineCheck.check(Array(line.utf8), session: fixture.model.live.log.session)
  }

  @Test(
    "a value that the extension allows is good",
    arguments: [
      "MAIL FROM:<a@b.net> SIZE=18446744073709551615", "MAIL FROM:<a@b.net> BODY=8bitmime RET=HDRS SIZE=0",
      "MAIL FROM:<a@b.net> BODY=BINARYMIME", "MAIL FROM:<> ENVID=QQ+2B1 AUTH=<>", "MAIL FROM:<a@b.net> SMTPUTF8",
      "RCPT TO:<a@b.net> NOTIFY=success,DELAY ORCPT=rfc822;a+2Bb@c.net", "RCPT TO:<a@b.net> NOTIFY=NEVER",
      "RCPT TO:<a@b.net> ORCPT=utf-8;\\x{E9}@c.net",
    ])
  func good(_ line: String) {
    #expect(check(line) == .good)
  }

  @Test(
    "a value that no server may take is wrong, and where",
    arguments: [
      ("MAIL FROM:<a@b.net> SIZE=1k", 25), ("MAIL FROM:<a@b.net> SIZE=184467440737095516150", 25),
      ("MAIL FROM:<a@b.net> BODY=8BIT RET=FULL", 25), ("MAIL FROM:<a@b.net> BODY=UTF8", 25),
      ("MAIL FROM:<a@b.net> RET=ALL", 24), ("MAIL FROM:<a@b.net> ENVID=a+2b", 26),
      ("MAIL FROM:<a@b.net> ENVID=a+ RET=FULL", 26), ("MAIL FROM:<a@b.net> SMTPUTF8=1", 28),
      ("RCPT TO:<a@b.net> NOTIFY=NEVER,DELAY", 25), ("RCPT TO:<a@b.net> NOTIFY=DELAY,,FAILURE", 25),
      ("RCPT TO:<a@b.net> ORCPT=;a@b.net", 24), ("RCPT TO:<a@b.net> ORCPT=a@b.net NOTIFY=NEVER", 24),
    ])
  func wrong(_ pair: (line: String, offset: Int)) {
    let check = check(pair.line)
    #expect(check.verdict == .wrong && check.offset == pair.offset, "\(check)")
  }

  @Test(
    "what may become such a value is unfinished",
    arguments: [
      "MAIL FROM:<a@b.net> SIZE", "MAIL FROM:<a@b.net> SIZE=", "MAIL FROM:<a@b.net> BODY=8",
      "MAIL FROM:<a@b.net> RET=h", "MAIL FROM:<a@b.net> ENVID=a+", "MAIL FROM:<a@b.net> ENVID=a+2",
      "RCPT TO:<a@b.net> NOTIFY=NEV", "RCPT TO:<a@b.net> NOTIFY=DELAY,", "RCPT TO:<a@b.net> ORCPT=rfc",
      "RCPT TO:<a@b.net> ORCPT=rfc822;",
    ])
  func unfinished(_ line: String) {
    #expect(check(line).verdict == .unfinished)
  }
}
