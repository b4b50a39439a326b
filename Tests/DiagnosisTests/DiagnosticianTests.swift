import Dialogue
import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct DiagnosticianTests {
  private func rules(_ events: [TimedEvent], clock: String? = nil) -> [String] {
    Diagnostician.findings(in: events, clock: clock).map(\.rule)
  }

  private func only(_ rule: FindingRule, _ list: [TimedEvent], clock: String? = nil) throws -> Finding {
    let found = Diagnostician.findings(in: list, clock: clock).filter { $0.rule == rule.id }
    #expect(found.count == 1)
    let finding = try #require(found.first)
    #expect(!finding.cause.isEmpty && !finding.next.isEmpty && !finding.clause.isEmpty && !finding.evidence.isEmpty)
    return finding
  }

  private let good = events(
    "* connected 192.0.2.1:587", "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250-PIPELINING", "S: 250-SIZE",
    "S: 250 STARTTLS", "C: STARTTLS", "S: 220 go",
    "* tls TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 verified",
    "* certificate subject=a issuer=b names=a expires=2027-11-22T00:00:00Z", "C: EHLO b",
    "S: 250-a", "S: 250-PIPELINING", "S: 250-SIZE", "S: 250 AUTH PLAIN", "C: AUTH PLAIN ${auth.plain}",
    "S: 235 2.7.0 ok", "C: MAIL FROM:<a@b> SIZE=10",
    "C: RCPT TO:<c@d>", "S: 250 2.1.0 ok", "S: 250 2.1.5 ok", "C: DATA", "S: 354 go", "C: x", "C: .", "S: 250 2.0.0 ok",
    "C: QUIT", "S: 221 2.0.0 bye",
    "* closed by peer")

  @Test func `a good session has no findings`() {
    #expect(rules(good, clock: "2026-11-22T00:00:00Z").isEmpty)
  }

  @Test func `how replies are written`() throws {
    var list = events("S: 220 a", "C: NOOP", "S: 250 ok")
    list[2].event = .received(WireLine(Array("250 2.0.0 o\rk\0".utf8), ending: .bareLF))
    #expect(rules(list) == ["reply.bare-lf", "reply.stray-cr", "reply.nul"])
    #expect(try only(ReplyRules.bareLF, list).evidence == [Finding.Evidence(index: 2, text: "S: 250 2.0.0 o\\rk\\0")])
    _ = try only(ReplyRules.longLine, events("S: 220 a" + String(repeating: "b", count: 600)))
    _ = try only(ReplyRules.enhancedMismatch, events("S: 220 a", "C: NOOP", "S: 250 5.0.0 ok"))
    _ = try only(ReplyRules.oddCode, events("S: 220 a", "C: NOOP", "S: 299 ok"))
  }

  @Test func `what is no reply, and what nobody waited for`() throws {
    let broken = try only(ReplyRules.broken, events("S: 220 a", "C: EHLO b", "S: 250-a", "S: 550 b"))
    #expect(broken.title == "two codes in one reply" && broken.evidence.map(\.index) == [2, 3])
    #expect(try only(ReplyRules.unsolicited, events("S: 220 a", "S: 250 b")).severity == .error)
  }

  @Test func `a slow reply names its stage and its time`() throws {
    let found = Diagnostician.findings(
      in: events(
        "0 * connected x", "5.25 S: 220 a", "6 C: MAIL FROM:<>", "6.9 S: 250 ok", "7 C: RCPT TO:<a@b>", "8.2 S: 250 ok")
    )
    #expect(found.map(\.title) == ["the greeting took 5.2 s", "the reply to RCPT took 1.2 s"])
    #expect(found.allSatisfy { $0.rule == "reply.slow" && $0.severity == .note })
  }

  @Test func `a refusal is explained by its text`() throws {
    let found = try only(
      ReplyRules.refusedForNow,
      events("S: 220 a", "C: MAIL FROM:<>", "S: 250 ok", "C: RCPT TO:<a@b>", "S: 451 4.7.1 Greylisted"))
    #expect(found.title == "RCPT refused for now: 451 4.7.1: greylisting")
    #expect(found.evidence.map(\.index) == [3, 4])
    #expect(try only(ReplyRules.refused, events("S: 554 no")).title == "the connection refused: 554: refused")
  }

  @Test func `TLS that is not offered, refused, or offered again`() throws {
    _ = try only(EncryptionRules.notOffered, events("S: 220 a", "C: EHLO b", "S: 250 a"))
    _ = try only(
      EncryptionRules.refused,
      events("S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 STARTTLS", "C: STARTTLS", "S: 454 no"))
    let again = try only(
      EncryptionRules.stillOffered,
      events(
        "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 STARTTLS", "C: STARTTLS", "S: 220 go", "* tls TLSv1.3 x verified",
        "C: EHLO b", "S: 250-a", "S: 250-STARTTLS", "S: 250 SIZE"))
    #expect(again.evidence.map(\.text) == ["S: 250-STARTTLS"])
  }

  @Test func `a shortened reply to EHLO says nothing about STARTTLS`() {
    #expect(rules(events("S: 220", "C: EHLO b", "S: 250")).isEmpty)
    #expect(
      rules(events("S: 220 a", "C: EHLO b", "S: 250 a", "C: STARTTLS", "S: 220 go", "C: EHLO b", "S: 250 a")).isEmpty)
  }

  @Test func `plaintext behind the 220 is named`() throws {
    let list = events("S: 220 a", "C: STARTTLS", "S: 220 go", "* deviation tls.injection 20 octets")
    #expect(try only(EncryptionRules.injected, list).severity == .error)
    #expect(rules(events("* injected 250 ok")) == ["starttls.trailing-plaintext"])
  }

  @Test func `a certificate that fails is named by its reason`() throws {
    let list = events("* tls TLSv1.2 X Y unverified", "* tls-failed tls.cert.expired the certificate expired")
    #expect(try only(EncryptionRules.unverified, list).title == "the certificate has expired")
    #expect(try only(EncryptionRules.failed, events("* tls-failed tls.version no")).title == "no TLS version in common")
    _ = try only(EncryptionRules.oldVersion, events("* tls TLSv1.1 X Y verified"))
  }

  @Test(arguments: [
    ("expires=2026-12-01T00:00:00Z", "in 9 days"), ("until=2026-11-23T00:00:00Z key=RSA-2048", "tomorrow"),
    ("expires=2026-11-22T23:00:00Z", "today"),
  ])
  func `a certificate near its end is named with its days`(field: String, words: String) throws {
    let list = events("* certificate subject=a issuer=b names=a \(field)")
    #expect(
      try only(EncryptionRules.expiresSoon, list, clock: "2026-11-22T10:00:00Z").title
        == "the certificate expires \(words)")
    #expect(rules(list).isEmpty)
  }

  @Test func `a certificate past its end is an error, one far from it is nothing`() throws {
    _ = try only(
      EncryptionRules.expired, events("* certificate subject=a expires=2026-11-21T00:00:00Z"),
      clock: "2026-11-22T10:00:00Z")
    #expect(
      rules(events("* certificate subject=a expires=2026-12-06T00:00:00Z"), clock: "2026-11-22T10:00:00Z").isEmpty)
  }

  @Test func `a login in clear is offered, and done`() throws {
    let offered = events(
      "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250-STARTTLS", "S: 250 AUTH PLAIN LOGIN", "C: AUTH PLAIN ${auth.plain}",
      "S: 235 ok")
    #expect(try only(LoginRules.offeredInClear, offered).evidence.map(\.text) == ["S: 250 AUTH PLAIN LOGIN"])
    let sent = try only(LoginRules.passwordInClear, offered)
    #expect(sent.evidence.map(\.index) == [5] && !sent.evidence[0].text.contains("YWxpY2U"))
    let login = events(
      "S: 220 a", "C: AUTH LOGIN", "S: 334 x", "C: ${auth.login.username}", "S: 334 y", "C: ${auth.login.password}",
      "S: 235 ok")
    #expect(try only(LoginRules.passwordInClear, login).evidence.map(\.index) == [5])
    #expect(
      !rules(events("S: 220 a", "C: AUTH CRAM-MD5", "S: 334 x", "C: ${auth.cram-md5}", "S: 235 ok")).contains(
        "auth.password-in-clear"))
  }

  @Test func `AUTH that is offered only in clear is named`() throws {
    let list = events(
      "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250-AUTH CRAM-MD5", "S: 250 STARTTLS", "C: STARTTLS", "S: 220 go",
      "* tls TLSv1.3 x verified", "C: EHLO b", "S: 250-a",
      "S: 250 SIZE")
    #expect(try only(LoginRules.onlyInClear, list).evidence.map(\.index) == [8, 10])
  }

  @Test func `what the client did without an offer`() throws {
    let together = events(
      "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 STARTTLS", "C: MAIL FROM:<> SIZE=3", "C: RCPT TO:<c@d> NOTIFY=NEVER",
      "S: 250 ok", "S: 250 ok")
    #expect(try only(CommandRules.pipelinedUnoffered, together).evidence.map(\.index) == [5])
    let parameters = try only(CommandRules.parameterUnoffered, together)
    #expect(parameters.title == "SIZE was used and not offered" && parameters.evidence.map(\.index) == [4, 5])
  }

  @Test func `command lines that no server has to take`() throws {
    var list = events("S: 220 a", "C: NOOP", "S: 250 ok")
    list[1].event = .sent(OutgoingLine(Array("NOOP".utf8), ending: .bareLF))
    #expect(rules(list) == ["command.bare-lf"])
    #expect(rules(events("S: 220 a", "C: NOOP " + String(repeating: "x", count: 505), "S: 250 ok")).isEmpty)
    #expect(
      rules(events("S: 220 a", "C: NOOP " + String(repeating: "x", count: 506), "S: 250 ok")) == [
        "command.line-too-long"
      ])
  }

  @Test func `how a session was made`() throws {
    _ = try only(
      CourseRules.addressFailed, events("* connect-failed 2001:db8::1 refused", "* connected 192.0.2.1:25", "S: 220 a"))
    #expect(rules(events("* connect-failed 2001:db8::1 refused")).isEmpty)
    _ = try only(CourseRules.noExtensions, events("S: 220 a", "C: EHLO b", "S: 502 no", "C: HELO b", "S: 250 a"))
  }

  @Test func `what became of the message`() throws {
    let partial = events(
      "S: 220 a", "C: MAIL FROM:<>", "S: 250 ok", "C: RCPT TO:<a@b>", "S: 250 ok", "C: RCPT TO:<c@d>",
      "S: 550 5.1.1 User unknown", "C: DATA", "S: 354 go", "C: .", "S: 250 ok")
    #expect(try only(CourseRules.partial, partial).evidence.map(\.index) == [5, 6, 9, 10])
    let silent = events("S: 220 a", "C: DATA", "S: 354 go", "C: x", "C: .", "* closed by peer")
    #expect(try only(CourseRules.uncertain, silent).evidence.map(\.index) == [4])
    #expect(rules(silent) == ["message.unacknowledged"])
  }

  @Test func `how a session ended`() throws {
    let closed = events("S: 220 a", "C: EHLO b", "* closed by peer")
    #expect(try only(CourseRules.closedEarly, closed).title == "the server closed at EHLO without a word")
    let late = events("S: 220 a", "C: MAIL FROM:<>", "* failed timeout.reply timed out")
    #expect(try only(CourseRules.timedOut, late).title == "no reply to MAIL in time")
    #expect(rules(events("S: 220 a", "C: QUIT", "* closed by peer")).isEmpty)
  }

  @Test func `errors come before warnings, and each in its order`() {
    let list = events(
      "S: 220 a", "C: EHLO b", "S: 250 a", "C: MAIL FROM:<>", "S: 451 later", "C: MAIL FROM:<>", "S: 550 no")
    #expect(rules(list) == ["reply.refused", "starttls.not-offered", "reply.refused-for-now"])
  }

  @Test func `the target is filled in`() throws {
    let found = Diagnostician.findings(
      in: events("S: 220 a", "C: EHLO b", "S: 250 a"), target: try Target("mx.example"))
    #expect(found.first?.next.first?.contains("smtps://mx.example:465") == true)
  }

  @Test func `evidence is safe on a terminal and bounded`() {
    let found = Diagnostician.findings(in: events("S: 554 \u{1B}[2J" + String(repeating: "\u{202E}", count: 5_000)))
    #expect(found.flatMap(\.evidence).allSatisfy { isSafe($0.text) && $0.text.count <= 200 })
  }
}
