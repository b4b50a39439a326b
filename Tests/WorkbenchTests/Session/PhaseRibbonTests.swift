import SMTPSession
import Testing

@testable import Workbench

struct PhaseRibbonTests {
  private func ribbon(_ fixture: Fixture) -> String {
    let log = fixture.model.live.log
    return log.ribbon.phases(session: log.session).map { phase in
      let sign =
        switch phase.outcome {
        case .done: "+"
        case .failed: "-"
        case .doubtful: "!"
        case .current: "*"
        case .ahead: ""
        }
      return phase.step.shortName + sign
    }.joined(separator: " ")
  }

  @Test("the design's session")
  func session() {
    #expect(ribbon(.session) == "CONN+ EHLO+ TLS+ EHLO+ AUTH+ MAIL+ RCPT* DATA QUIT")
    #expect(Fixture.session.model.live.log.ribbon.recipients == (0, 1))
  }

  @Test("before anything is known, the plain way lies ahead")
  func beginning() {
    var fixture = Fixture()
    fixture.begin()
    #expect(ribbon(fixture) == "CONN* EHLO MAIL RCPT DATA QUIT")
    fixture.event("connected")
    fixture.received("220 x")
    fixture.sent("HELO x")
    fixture.received("250 x")
    #expect(ribbon(fixture) == "CONN+ EHLO+ MAIL* RCPT DATA QUIT")
  }

  @Test("a refused step is tried again in its own place")
  func refused() {
    var fixture = Fixture()
    fixture.begin()
    fixture.event("connected")
    fixture.received("220 x")
    fixture.sent("EHLO x")
    fixture.received("250-x", "250 AUTH PLAIN")
    fixture.sent("AUTH PLAIN AGEAYg==")
    fixture.received("535 5.7.8 no")
    #expect(ribbon(fixture) == "CONN+ EHLO+ AUTH- AUTH* MAIL RCPT DATA QUIT")
    fixture.sent("AUTH PLAIN AGEAYg==")
    fixture.received("235 2.7.0 ok")
    #expect(ribbon(fixture) == "CONN+ EHLO+ AUTH+ MAIL* RCPT DATA QUIT")
  }

  @Test("the message and the end")
  func message() {
    var fixture = Fixture.composing
    #expect(ribbon(fixture) == "CONN+ EHLO+ TLS+ EHLO+ AUTH+ MAIL+ RCPT+ DATA* QUIT")
    fixture.sent(".")
    fixture.received("250 2.0.0 queued")
    #expect(ribbon(fixture) == "CONN+ EHLO+ TLS+ EHLO+ AUTH+ MAIL+ RCPT+ DATA+ QUIT*")
    fixture.sent("QUIT")
    fixture.received("221 2.0.0 Bye")
    #expect(ribbon(fixture) == "CONN+ EHLO+ TLS+ EHLO+ AUTH+ MAIL+ RCPT+ DATA+ QUIT+")
  }

  @Test("TLS that proves nothing is marked, and stays when the certificate's failure is told behind it")
  func unverified() {
    var fixture = Fixture()
    fixture.begin()
    fixture.event("connected")
    fixture.received("220 x")
    fixture.sent("EHLO x")
    fixture.received("250-x", "250 STARTTLS")
    fixture.sent("STARTTLS")
    fixture.received("220 go")
    fixture.event("tls", "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 unverified")
    fixture.event("tls-failed", "tls.cert.self_signed the certificate is signed by itself")
    fixture.sent("EHLO x")
    fixture.received("250 x")
    #expect(ribbon(fixture) == "CONN+ EHLO+ TLS! EHLO+ MAIL* RCPT DATA QUIT")
    #expect(fixture.screen().contains("TLS! "))
  }
}
