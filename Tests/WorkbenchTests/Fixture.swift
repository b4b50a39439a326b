import Dialogue
import SMTPClient
import SMTPSession
import SMTPWire

@testable import Workbench

/// A model that is fed as the terminal program feeds it.
struct Fixture {
  var model = WorkbenchModel(
    version: "0.1", clientName: "probe.example.com", digests: .openSSL, epoch: 1_795_000_000)
  var effects: [WorkbenchEffect] = []
  var now = Duration.zero
  private var clock = 0

  /// Gives the model a message a little later than the last one.
  mutating func give(_ message: WorkbenchMessage, after: Duration = .milliseconds(100)) {
    now += after
    effects = model.update(message, at: now)
  }

  mutating func press(_ strokes: KeyStroke...) {
    for stroke in strokes { give(.input(.key(stroke))) }
  }

  mutating func press(_ key: Key) { press(KeyStroke(key)) }

  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { press(.character(scalar)) }
  }

  /// Types a line and sends it; the effect is what Enter led to.
  mutating func enter(_ text: String) {
    type(text)
    press(.enter)
  }

  /// Runs a verb by its name in the palette.
  mutating func choose(_ verb: String) {
    press(.control("P"))
    enter(verb)
  }

  mutating func begin(_ title: String = "mx1.example.net:25", isReference: Bool = false) {
    give(.began(SessionIdentity(title: title, isReference: isReference, recording: "s-0042")))
  }

  mutating func happen(_ event: DialogueEvent, after milliseconds: Int = 1) {
    clock += milliseconds
    give(.event(TimedEvent(.milliseconds(clock), event)))
  }

  mutating func event(_ name: String, _ details: String = "", after milliseconds: Int = 1) {
    happen(.event(SessionEvent(name: name, details: Array(details.utf8))), after: milliseconds)
  }

  mutating func sent(_ text: String) { happen(.sent(ClientSession.markedCommand(Array(text.utf8)))) }

  mutating func received(_ texts: String..., after milliseconds: Int = 40) {
    for (index, text) in texts.enumerated() {
      happen(.received(WireLine(text)), after: index == 0 ? milliseconds : 0)
    }
  }

  /// The screen's text.
  func screen(_ width: Int = 80, _ height: Int = 24) -> String { model.view(width: width, height: height).text }

  /// A start screen with something to choose from.
  static var start: Fixture {
    var fixture = Fixture()
    fixture.give(.reference("up on 127.0.0.1:2525"))
    fixture.give(
      .recents([
        RecentTarget(target: "mx1.example.net:25", when: "today 14:02", outcome: "451 at RCPT"),
        RecentTarget(target: "mail.example.org:587", when: "today 13:10", outcome: "250 delivered"),
        RecentTarget(target: "ref", when: "yesterday", outcome: "250 delivered"),
      ]))
    return fixture
  }

  /// The session of the design: TLS, AUTH, and a recipient that is put off.
  static var session: Fixture {
    var fixture = Fixture()
    fixture.begin()
    fixture.event("connecting", "192.0.2.10:25", after: 0)
    fixture.event("connected", "192.0.2.10:25", after: 41)
    fixture.received("220 mx1.example.net ESMTP", after: 210)
    fixture.sent("EHLO probe.example.com")
    fixture.received(
      "250-mx1.example.net", "250-PIPELINING", "250-SIZE 36700160", "250-STARTTLS", "250-ENHANCEDSTATUSCODES",
      "250 8BITMIME")
    fixture.sent("STARTTLS")
    fixture.received("220 2.0.0 Ready to start TLS", after: 39)
    fixture.event("tls", "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 verified", after: 92)
    fixture.event(
      "certificate",
      "subject=CN=mx1.example.net issuer=CN=Example CA 6 names=mx1.example.net until=2027-01-22T09:14:01Z key=RSA-2048",
      after: 0)
    fixture.sent("EHLO probe.example.com")
    fixture.received(
      "250-mx1.example.net", "250-PIPELINING", "250-SIZE 36700160", "250-AUTH PLAIN LOGIN", "250-DSN", "250-SMTPUTF8",
      "250-CHUNKING", "250-ENHANCEDSTATUSCODES", "250 8BITMIME")
    fixture.sent("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=")
    fixture.received("235 2.7.0 Authentication successful", after: 312)
    fixture.event("authenticated", "PLAIN alice", after: 0)
    fixture.sent("MAIL FROM:<alice@example.com> SIZE=2048 BODY=8BITMIME")
    fixture.received("250 2.1.0 Ok", after: 44)
    fixture.sent("RCPT TO:<bob@example.org>")
    fixture.received("451 4.7.1 Greylisted, try again in 300 seconds", after: 1204)
    return fixture
  }

  /// The session, after 354.
  static var composing: Fixture {
    var fixture = session
    fixture.sent("RCPT TO:<carol@example.org>")
    fixture.received("250 2.1.5 Ok")
    fixture.sent("DATA")
    fixture.received("354 End data with <CR><LF>.<CR><LF>")
    return fixture
  }

  /// The AUTH screen over the session: SCRAM with nonces that stay the same.
  static var auth: Fixture {
    var fixture = session
    fixture.press(.alt("4"))
    while fixture.model.auth.mechanism != "SCRAM-SHA-256" { fixture.press(.right) }
    fixture.type("alice")
    fixture.press(.tab)
    fixture.type("wonderland")
    for _ in 0..<3 { fixture.press(.tab) }
    fixture.type(" ")
    return fixture
  }

  /// A session in which a bearer token is refused, with the reason within the challenge.
  static var tokenRefused: Fixture {
    var fixture = Fixture()
    fixture.begin("smtp.example.net:587")
    fixture.received("220 smtp.example.net ESMTP")
    fixture.sent("EHLO probe.example.com")
    fixture.received("250-smtp.example.net", "250 AUTH XOAUTH2 LOGIN")
    fixture.sent("AUTH XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciB5YTI5LnQwa2VuAQE=")
    fixture.received("334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZXhhbXBsZS8ifQ==")
    return fixture
  }

  /// The recording, replayed against the reference MTA up to the first difference.
  static var replaying: Fixture {
    var fixture = Fixture.start
    fixture.give(.recording(title: "s-0039", events: recording))
    fixture.press(.character("c"))
    fixture.press(.enter)
    fixture.begin("127.0.0.1:2525", isReference: true)
    fixture.event("connected", "127.0.0.1:2525")
    fixture.received("220 ref.test ESMTP", after: 2)
    fixture.sent("EHLO client.example")
    fixture.received("250-ref.test", "250-PIPELINING", "250 SIZE 1000", after: 2)
    fixture.press(.character("c"))
    fixture.sent("MAIL FROM:<alice@example.com>")
    fixture.received("250 2.1.0 Ok", after: 3)
    fixture.give(.tick, after: .seconds(7))
    return fixture
  }

  /// The events of a short recorded session.
  static let recording: [TimedEvent] = recorded.map { TimedEvent(.milliseconds($0.0), $0.1) }

  private static let recorded: [(Int, DialogueEvent)] = [
    (0, .event(.connected("192.0.2.1:25"))),
    (20, .received(WireLine("220 mx.example.net ESMTP"))),
    (21, .sent(OutgoingLine("EHLO client.example"))),
    (40, .received(WireLine("250-mx.example.net"))),
    (40, .received(WireLine("250 PIPELINING"))),
    (41, .sent(OutgoingLine("MAIL FROM:<alice@example.com>"))),
    (60, .received(WireLine("530 5.7.0 Authentication required"))),
    (61, .sent(OutgoingLine("QUIT"))),
    (80, .received(WireLine("221 2.0.0 Bye"))),
  ]
}
