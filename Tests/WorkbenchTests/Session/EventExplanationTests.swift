import Testing

@testable import Workbench

struct EventExplanationTests {
  private func why(_ fixture: Fixture) -> String { fixture.model.explanation?.text ?? "" }

  @Test("a close behind 221 is the end as it should be, another one is not")
  func closed() {
    var fixture = Fixture.session
    fixture.sent("QUIT")
    var lost = fixture
    fixture.received("221 2.0.0 Bye")
    fixture.event("closed", "by peer")
    #expect(why(fixture) == "The session ended as it should: the server said 221 and closed.")
    lost.event("closed", "by peer")
    #expect(why(lost).contains("while the reply to QUIT was awaited"))
    var busy = Fixture.session
    busy.sent("NOOP")
    busy.received("421 4.3.2 going down")
    busy.event("closed", "by peer")
    #expect(why(busy).contains("421"))
    var ours = Fixture.session
    ours.event("closed", "by us")
    #expect(why(ours).hasPrefix("This side closed"))
  }

  @Test("a command without a reply says so")
  func unanswered() {
    var fixture = Fixture.session
    fixture.sent("NOOP")
    #expect(why(fixture) == "NOOP was sent; its reply has not come yet.")
  }

  @Test(
    "every event that a session records says why, failures in the words of the catalogue",
    arguments: [
      ("connecting", "192.0.2.1:25"), ("connected", "192.0.2.1:25"),
      ("connect-failed", "192.0.2.1:25 connection refused, nobody listens there"),
      ("tls", "TLSv1.3 X unverified"), ("tls", "TLSv1.3 X verified"), ("tls-failed", "tls.cert.expired it ended"),
      ("certificate", "subject=x"), ("reset", "by peer"), ("timeout", "no reply within 300 s"),
      ("failed", "conn.eof gone"),
      ("authenticated", "PLAIN alice"), ("deviation", "reply.bare_lf a line ended in LF"), ("injected", "x"),
    ])
  func events(name: String, details: String) {
    var fixture = Fixture()
    fixture.begin()
    fixture.event(name, details)
    #expect(fixture.model.explanation != nil)
    #expect(!why(fixture).isEmpty)
  }
}
